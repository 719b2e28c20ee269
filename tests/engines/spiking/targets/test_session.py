"""One network, run again and again, means the same on every target."""

from __future__ import annotations

import brian2
import numpy as np
import pytest
from brian2 import mV

from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.session import start
from attractors.errors import ParameterError, UnsupportedError


def outcome(monitor):
    return np.array(monitor.i).tolist(), np.array(monitor.t_).tolist()


def test_seeds_fix_the_noise_and_runs_without_one_differ(target, kept, noisy):
    with isolated(target, kept):
        group, _, monitor = noisy.noisy()
        session = noisy.session_of(target, group, monitor)

        def spikes(**seed):
            session.run({group.noise: 8 * mV}, **seed)
            return outcome(monitor)

        first, again, other = spikes(seed=1), spikes(seed=1), spikes(seed=2**32 - 1)
        assert first == again != other
        assert spikes() != spikes()


def test_every_run_starts_from_the_initial_state_with_its_own_values(target, kept, noisy):
    with isolated(target, kept):
        group, drive, monitor = noisy.noisy()
        session = noisy.session_of(target, group, monitor)
        shape = (noisy.STEPS, noisy.UNITS)
        session.run()
        assert monitor.num_spikes == 0, "units without drive or noise fired"
        start_v = np.array(group.v_)
        table = np.zeros(shape)
        table[5:, 3] = 30.0
        session.run({drive: table * mV})
        fired, times = outcome(monitor)
        assert set(fired) == {3}
        assert min(times) > 0.05
        # 10 ms ln(30/20) to threshold from rest, hence 12 spikes in 50 ms
        assert len(fired) == 12
        session.run()
        assert monitor.num_spikes == 0, "the drive of the run before was still there"
        assert np.array_equal(np.array(group.v_), start_v), "the initial state had changed"
        session.run({drive: 30 * mV})
        assert set(outcome(monitor)[0]) == set(range(noisy.UNITS))


def test_results_survive_as_arrays_and_numbers_of_another_shape_or_unit_are_refused(
    target, kept, noisy
):
    with isolated(target, kept):
        group, drive, monitor = noisy.noisy()
        session = noisy.session_of(target, group, monitor)
        with pytest.raises(ParameterError, match=r"'noisy_drive'.*\(3, 20\).*\(10, 20\)"):
            session.run({drive: np.zeros((3, noisy.UNITS)) * mV})
        with pytest.raises(brian2.DimensionMismatchError):
            session.run({group.noise: 3.0})
        for seed in (-1, 2**32, 0.5):
            with pytest.raises(ParameterError, match="seed"):
                session.run(seed=seed)


def test_a_session_for_one_run_refuses_a_second(noisy):
    with isolated("numpy"):
        group, _, monitor = noisy.noisy()
        session = start("numpy", brian2.Network(group, monitor), 10.0, once=True)
        session.run()
        with pytest.raises(ParameterError, match="once"):
            session.run()


def test_a_session_on_another_target_than_the_blocks_is_refused(noisy):
    with isolated("numpy"):
        group, _, monitor = noisy.noisy()
        with pytest.raises(ParameterError, match="'cpp_standalone'"):
            start("cpp_standalone", brian2.Network(group, monitor), 10.0)


def test_objects_that_call_python_are_refused_by_name_before_anything_is_compiled():
    with isolated("cpp_standalone"):
        call = brian2.NetworkOperation(lambda: None, name="python_call")
        with pytest.raises(UnsupportedError, match="'python_call'"):
            start("cpp_standalone", brian2.Network(call), 10.0)
