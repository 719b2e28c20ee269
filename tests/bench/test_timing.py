import gc
import time

import numpy as np
import pytest

from attractors.bench.timing import Pace, alone, once, paired


def test_pairs_are_measured_in_turns_and_each_side_goes_first():
    calls = []
    ours, theirs = paired(
        lambda: calls.append("ours"), lambda: calls.append("theirs"), Pace(4, 0.0)
    )
    assert ours.shape == theirs.shape == (4,)
    # two calls each before: one that may compile, one that tells how many fill the time
    assert calls[:4] == ["ours", "ours", "theirs", "theirs"]
    assert calls[4:] == ["ours", "theirs", "theirs", "ours"] * 2


def test_short_work_is_repeated_to_fill_the_time():
    calls = []
    seconds = alone(lambda: calls.append(None), Pace(2, 0.002))
    assert len(calls) > 100
    assert (seconds < 0.002).all()


def test_seconds_are_those_of_a_call():
    waited = 0.01
    long, short = paired(lambda: time.sleep(waited), lambda: None, Pace(3, 0.0))
    # sleep never returns early; how late it returns is up to the machine
    assert (long >= waited).all()
    assert np.median(short) < waited


def test_a_single_call_gives_its_result_too():
    seconds, result = once(lambda: "stored")
    assert result == "stored"
    assert seconds >= 0


def test_the_collector_runs_again_afterwards():
    assert gc.isenabled()
    seen = []
    alone(lambda: seen.append(gc.isenabled()), Pace(1, 0.0))
    assert seen[-1] is False
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        paired(lambda: None, _fails_at(3), Pace(1, 0.0))
    assert gc.isenabled()


def _fails_at(call):
    """Return work that fails in one of its calls."""
    calls = iter(range(call))
    return lambda: 1 / (call - 1 - next(calls))
