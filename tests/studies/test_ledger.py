"""The ledger loses no whole line and believes no torn one."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from attractors.errors import OutputError
from attractors.studies.ledger import Ledger, merged
from attractors.studies.task import Row, Task

ROW: Row = {"recalled": 3, "score": 0.1 + 0.2, "seconds": 0.5}


def task(trial: int) -> Task:
    return Task({"patterns": 7}, trial)


def test_what_is_appended_is_read_back_equal(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    assert ledger.read() == {}
    ledger.append(task(0), ROW)
    ledger.append(task(1), {**ROW, "recalled": 4})
    assert ledger.read() == {task(0).key: ROW, task(1).key: {**ROW, "recalled": 4}}
    assert list(ledger.read()[task(0).key]) == list(ROW), "columns keep their order"


@pytest.mark.parametrize("keep", [1, 20, -2])
def test_a_torn_last_line_is_skipped_and_the_next_one_is_whole(tmp_path: Path, keep: int) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for trial in range(3):
        ledger.append(task(trial), ROW)
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(b"".join(lines[:2]) + lines[2][:keep])
    assert ledger.read().keys() == {task(0).key, task(1).key}
    ledger.append(task(3), ROW)
    assert ledger.read().keys() == {task(0).key, task(1).key, task(3).key}


def test_of_two_lines_for_one_trial_the_first_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append(task(0), ROW)
    ledger.append(task(0), {**ROW, "recalled": 9})
    assert ledger.read() == {task(0).key: ROW}


def test_nan_comes_back_as_nan_in_a_file_that_is_strict_json(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append(task(0), {"score": math.nan, "note": "none"})
    assert b"NaN" not in ledger.path.read_bytes()
    row = ledger.read()[task(0).key]
    assert math.isnan(float(row["score"]))
    assert row["note"] == "none"


def test_a_line_of_another_study_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path / "ledger.jsonl", "first").append(task(0), ROW)
    with pytest.raises(OutputError, match="trials of another study"):
        Ledger(tmp_path / "ledger.jsonl", "second").read()


def test_of_two_ledgers_the_first_counts_for_a_trial_in_both(tmp_path: Path) -> None:
    first, second = Ledger(tmp_path / "a.jsonl"), Ledger(tmp_path / "b.jsonl")
    first.append(task(0), ROW)
    second.append(task(0), {**ROW, "recalled": 9})
    second.append(task(1), ROW)
    assert [row["recalled"] for _, row in merged([first, second]).values()] == [3, 3]


def test_a_ledger_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        Ledger(tmp_path / "missing" / "ledger.jsonl").append(task(0), ROW)
