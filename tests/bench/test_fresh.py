import pytest

from attractors.bench.fresh import fresh, fresh_pairs


def test_only_the_code_itself_is_timed():
    slow = "import time; time.sleep(0.3)"
    assert fresh(slow) >= 0.3
    assert fresh("pass", before=slow) < 0.3


def test_every_measurement_has_an_interpreter_of_its_own():
    code = "import sys\nassert not hasattr(sys, 'seen')\nsys.seen = True"
    ours, theirs = fresh_pairs(code, code, 1)
    assert ours.shape == theirs.shape == (1,)


def test_code_that_fails_says_why():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        fresh("1 / 0")
