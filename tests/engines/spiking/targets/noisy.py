"""Noisy units under a drive, small enough to compile within a test; also run as a script."""

from __future__ import annotations

import sys

import brian2
from brian2 import ms, mV

from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.runtime import held
from attractors.engines.spiking.targets.session import start

UNITS, STEPS, STEP = 20, 10, 10.0


def noisy():
    """Group, drive and monitor; membranes start where the target's random numbers put them."""
    drive = held((STEPS, UNITS), STEP, "noisy_drive", mV)
    group = brian2.NeuronGroup(
        UNITS,
        "dv/dt = (drive(t, i) - v) / (10*ms) + noise*xi*(10*ms)**-0.5 : volt\nnoise : volt",
        threshold="v > 10*mV",
        reset="v = 0*mV",
        method="euler",
        dt=0.1 * ms,
        name="noisy_units",
        namespace={"drive": drive},
    )
    group.v = "rand()*9*mV"
    monitor = brian2.SpikeMonitor(group, name="noisy_spikes")
    return group, drive, monitor


def session_of(target, group, monitor):
    network = brian2.Network(group, monitor, name="noisy_network")
    return start(target, network, STEPS * STEP)


if __name__ == "__main__":
    target, directory = sys.argv[1:]
    try:
        with isolated(target, directory):
            units, _, spikes = noisy()
            session = session_of(target, units, spikes)
            if target == "cpp_standalone":
                # in the place of the program one that takes long
                long = [sys.executable, "-c", "import time; time.sleep(100)"]
                brian2.prefs["devices.cpp_standalone.run_cmd_unix"] = long
            else:
                pause = brian2.NetworkOperation(lambda: __import__("time").sleep(0.1), dt=1 * ms)
                session._network.add(pause)
            print("running", flush=True)
            session.run()
    except KeyboardInterrupt:
        from brian2.devices.device import get_device, runtime_device

        unharmed = (
            get_device() is runtime_device
            and brian2.prefs["core.stop_on_keyboard_interrupt"]
            and brian2.prefs["codegen.target"] == "auto"
            and not brian2.Network._globally_running
        )
        print("interrupted", unharmed, flush=True)
