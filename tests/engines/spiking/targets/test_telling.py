"""A terminal shows what is compiled; a log gets a line."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

import pytest

from attractors.engines.spiking.targets.telling import compiling, tell


@contextmanager
def terminal():
    """Standard error as a terminal; gives a function that returns what was shown."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        yield lambda: os.read(ours, 100_000).decode()
    os.close(ours)


def test_a_line_is_shown_where_it_is_worth_one():
    with terminal() as shown:
        tell("not this", shown=False)
        tell("but this")
        assert shown().strip() == "but this"


def test_a_compilation_is_shown_even_while_the_descriptor_leads_elsewhere(tmp_path):
    with terminal() as shown:
        descriptor = sys.stderr.fileno()
        with compiling("cython", 30.0):
            # as Brian2 does while a compiler runs
            kept = os.dup(descriptor)
            hidden = os.open(tmp_path / "hidden", os.O_CREAT | os.O_RDWR)
            os.dup2(hidden, descriptor)
        os.dup2(kept, descriptor)
        os.close(kept)
        os.close(hidden)
        assert "cython: compiling once, about 30 s; cached afterwards" in shown()


def test_parts_after_the_first_go_without_a_line_on_the_log(caplog):
    caplog.set_level("INFO", "attractors")
    for part in (1, 2, 3):
        with compiling("cython", 30.0, part):
            pass
    assert len(caplog.records) == 1
