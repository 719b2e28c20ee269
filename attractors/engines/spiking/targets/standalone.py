"""Sessions in a program of their own, compiled once and run with other values and seeds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import brian2
import numpy as np
from brian2.devices.device import get_device

from attractors.engines.spiking.targets.programs import program
from attractors.engines.spiking.targets.session import Session, Values
from attractors.errors import UnsupportedError

VARIABLE = "ATTRACTORS_SEED"
# Brian2 fixes seeds when it compiles; this reads one when the program begins to run
_SEED = f"""
if (const char* _given = std::getenv("{VARIABLE}"))
    brian::_random_generators[0].seed(std::strtoul(_given, nullptr, 10));
"""


class StandaloneSession(Session):
    """Compiles the network into a program at once; each run starts that program anew.

    Parameters
    ----------
    network : brian2.Network
        What runs.
    milliseconds : float
        Length of a run.
    """

    def __init__(self, network: Any, milliseconds: float) -> None:
        super().__init__()
        _refuse_python(network)
        self._device = get_device()
        # after what the objects draw while they are made, before the first step
        self._device.free_read()
        self._device.insert_code("main", _SEED)
        network.run(milliseconds * brian2.ms, namespace={})
        self._device.build(str(self._device.folder), compile=False, run=False)
        self._drop_copies()
        self.compiled = program(self._device.folder, self._device.programs)

    def _run(self, values: Values, seed: int) -> None:
        given = {key: _prepared(key, value) for key, value in values.items()}
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = str(seed)
        try:
            self._device.run(with_output=False, run_args=given)
        finally:
            os.environ.pop(VARIABLE)
            if before is not None:
                os.environ[VARIABLE] = before
            self._forget()

    def _drop_copies(self) -> None:
        """Drop what is in files by now: the ends of synapses alone, four times, in 32 bytes each.

        After a run, Brian2 reads from the files of its results what it does not hold.
        """
        device = self._device
        device.static_arrays = dict.fromkeys(device.static_arrays)
        for variable, values in device.array_cache.items():
            if np.size(values) > 1:
                device.array_cache[variable] = None

    def _forget(self) -> None:
        """Remove the files through which values went in, which nobody reads again."""
        folder = Path(self._device.project_dir) / "static_arrays"
        for path in folder.glob("init_*"):
            path.unlink(missing_ok=True)


def _prepared(key: Any, value: Any) -> Any:
    """Return a value as the program can take it.

    Raises
    ------
    UnsupportedError
        If it is one infinite number, which the program would take for the name of a file.
    """
    whole = np.ascontiguousarray(value)
    if whole.size == 1 and not np.isfinite(whole).all():
        raise UnsupportedError(
            f"cpp_standalone: {key.name!r} is given {whole.item()}; give a finite value, "
            "or use target='cython'."
        )
    return brian2.Quantity(whole, dim=brian2.get_dimensions(value))


def _refuse_python(network: Any) -> None:
    """Refuse objects that call Python in every step.

    Raises
    ------
    UnsupportedError
        If there are any.
    """
    calls = [o.name for o in network.objects if isinstance(o, brian2.NetworkOperation)]
    if calls:
        raise UnsupportedError(
            f"cpp_standalone: {', '.join(map(repr, calls))} calls Python in every step, "
            "which a compiled program cannot; use target='numpy' or 'cython'."
        )
