"""The target is chosen by the work, and the user hears which and why."""

from __future__ import annotations

import pytest

from attractors.engines.spiking.targets import choice
from attractors.engines.spiking.targets.choice import COSTS, Work, choose
from attractors.errors import UnsupportedError

SMALL = Work(objects=16, units=200, steps=1000, events=1e4)
# 4,000 units and 1.28 million synapses at 65 Hz, fifty runs of 1 s
LARGE = Work(objects=8, units=4000, steps=10_000, events=83e6, runs=50)


@pytest.fixture
def every_target(monkeypatch):
    monkeypatch.setattr(choice, "missing", lambda target: None)


@pytest.fixture
def no_compiler(monkeypatch):
    lacks = {"cython": "no C++ compiler", "cpp_standalone": "no C++ compiler"}
    monkeypatch.setattr(choice, "missing", lacks.get)


def test_what_ends_before_a_compiler_would_stays_on_numpy(every_target):
    assert choose(SMALL).target == "numpy"
    assert COSTS["numpy"].of(SMALL) < min(
        c.compiling * SMALL.objects for c in COSTS.values() if c.compiling
    )


def test_large_networks_run_many_times_get_a_program_of_their_own(every_target):
    assert choose(LARGE).target == "cpp_standalone"


def test_what_a_program_cannot_do_goes_to_the_next(every_target):
    chosen = choose(LARGE, refused={"cpp_standalone": "it calls Python"})
    assert chosen.target == "cython"
    assert "cpp_standalone left out: it calls Python" in chosen.line


def test_without_a_compiler_numpy_runs_and_the_line_says_why(no_compiler):
    chosen = choose(LARGE)
    assert chosen.target == "numpy"
    assert chosen.line.count("left out: no C++ compiler") == 2
    assert "\n" not in chosen.line


def test_a_target_asked_for_is_never_replaced(every_target):
    for name in COSTS:
        assert choose(LARGE, forced=name).target == name


def test_a_target_asked_for_that_cannot_run_names_the_reason_and_the_cure(no_compiler):
    with pytest.raises(UnsupportedError, match=r"'cython'.*no C\+\+ compiler.*\s.*'numpy'"):
        choose(SMALL, forced="cython")


def test_the_line_goes_to_the_log_at_level_info(every_target, caplog, capsys):
    caplog.set_level("INFO", "attractors")
    assert choose(LARGE).announce() == "cpp_standalone"
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("attractors", "INFO")
    assert record.message.startswith("spiking engine: target cpp_standalone, expected to take")
    assert capsys.readouterr().err == "", "no line on a standard error that is no terminal"
