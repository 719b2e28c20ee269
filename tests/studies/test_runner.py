"""A study ends with the same rows however it was run: workers, interruptions, torn lines."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

import attractors as at
from attractors.errors import OutputError
from attractors.studies.recall import Recall
from attractors.studies.setting import Setting
from attractors.studies.task import Row, Task

SMALL = {"trials": 3, "cues": 10, "seed": 4}
CALL = "at.studies.capacity('willshaw', 200, 0.05, trials=3, cues=10, seed=4, out={out!r})"


def plan(rounds: Sequence[Sequence[Row]]) -> list[Task]:
    return [Task({"x": len(rounds)}, n) for n in range(3)] if len(rounds) < 2 else []


def measure(task: Task) -> Row:
    return {"y": 10 * int(task.point["x"]) + task.trial}


def numbers(study: at.studies.Study) -> str:
    return str(study.table.drop(columns="seconds").to_csv(index=False))


@pytest.fixture(scope="module")
def undisturbed() -> at.studies.Study:
    return at.studies.capacity("willshaw", 200, 0.05, **SMALL)


def test_rows_hold_point_trial_measurement_and_time() -> None:
    rows = at.studies.run("own", {}, measure, plan)
    assert [(row["x"], row["trial"], row["y"]) for row in rows] == [
        (x, n, 10 * x + n) for x in range(2) for n in range(3)
    ]
    assert list(rows[0]) == ["x", "trial", "y", "seconds"]


def test_finished_trials_are_not_run_again(tmp_path: Path) -> None:
    calls = []

    def counted(task: Task) -> Row:
        if len(calls) == 4:
            raise KeyboardInterrupt
        calls.append(task)
        return measure(task)

    with pytest.raises(KeyboardInterrupt):
        at.studies.run("own", {"a": 1}, counted, plan, out=tmp_path)
    rows = at.studies.run("own", {"a": 1}, measure, plan, out=tmp_path)
    assert len((tmp_path / "ledger.jsonl").read_text().splitlines()) == len(rows) == 6


@pytest.mark.parametrize("name", ["own", "other"])
def test_another_definition_is_refused_by_name(tmp_path: Path, name: str) -> None:
    at.studies.run("own", {"a": 1}, measure, plan, out=tmp_path)
    before = (tmp_path / "ledger.jsonl").read_bytes()
    changed = "a = 1, not 2" if name == "own" else "study = 'own', not 'other'"
    with pytest.raises(OutputError, match=changed):
        at.studies.run(name, {"a": 2 if name == "own" else 1}, measure, plan, out=tmp_path)
    assert (tmp_path / "ledger.jsonl").read_bytes() == before


def test_a_ledger_without_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_text("{}\n")
    with pytest.raises(OutputError, match=r"without its header\.json"):
        at.studies.run("own", {}, measure, plan, out=tmp_path)


def test_an_unwritable_folder_is_found_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    calls: list[Task] = []
    with pytest.raises(OutputError):
        at.studies.run(
            "own", {}, lambda task: calls.append(task) or {}, plan, out=tmp_path / "file"
        )
    assert not calls


def test_two_workers_give_the_numbers_of_one(undisturbed: at.studies.Study) -> None:
    study = at.studies.capacity("willshaw", 200, 0.05, workers=2, **SMALL)
    assert numbers(study) == numbers(undisturbed)
    assert study.critical == undisturbed.critical


def test_a_killed_study_goes_on_where_it_was(tmp_path: Path, undisturbed: at.studies.Study) -> None:
    ledger = tmp_path / "ledger.jsonl"
    code = f"import attractors as at\nwhile True: {CALL.format(out=str(tmp_path))}"
    process = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 60
    while not ledger.exists() or ledger.read_bytes().count(b"\n") < 5:
        assert time.monotonic() < deadline, "the study wrote nothing"
        time.sleep(0.002)
    process.kill()
    process.wait()
    kept = ledger.read_bytes()
    ledger.write_bytes(kept[: kept.rindex(b"\n") - 10])
    for name in ("table.csv",):
        (tmp_path / name).unlink(missing_ok=True)
    study = at.studies.capacity("willshaw", 200, 0.05, out=tmp_path, **SMALL)
    assert numbers(study) == numbers(undisturbed)
    assert study.header["result"] == undisturbed.header["result"]
    assert ledger.read_bytes().startswith(kept[: kept.rindex(b"\n") - 10])


def test_a_killed_worker_costs_no_trial(tmp_path: Path) -> None:
    options = {**SMALL, "patterns": [20, 60], "trials": 120}
    ledger, found = tmp_path / "ledger.jsonl", []

    def study() -> None:
        found.append(at.studies.capacity("willshaw", 200, 0.05, **options, workers=2, out=tmp_path))

    thread = threading.Thread(target=study)
    thread.start()
    deadline = time.monotonic() + 120
    while not (ledger.exists() and ledger.read_bytes()):
        assert time.monotonic() < deadline, "the study wrote nothing"
        time.sleep(0.001)
    max(psutil.Process().children(), key=lambda child: child.pid).kill()
    written = ledger.read_bytes().count(b"\n")
    thread.join(120)
    assert written < 240, "the study was over: the test tests nothing"
    assert ledger.read_bytes().count(b"\n") == 240, "each trial is written once"
    assert numbers(found[0]) == numbers(at.studies.capacity("willshaw", 200, 0.05, **options))


def test_the_order_of_trials_changes_no_number() -> None:
    measured = Recall(Setting("willshaw", 200, 0.05, cues=10), 4)
    grid = at.studies.Grid([{"patterns": count} for count in (20, 60, 90)], 3)

    def shuffled(rounds: Sequence[Sequence[Row]]) -> list[Task]:
        tasks = grid(rounds)
        random.Random(1).shuffle(tasks)
        return tasks

    told = [
        {(row["patterns"], row["trial"]): {**row, "seconds": 0} for row in rows}
        for rows in (
            at.studies.run("own", {}, measured, grid),
            at.studies.run("own", {}, measured, shuffled),
        )
    ]
    assert told[0] == told[1]
    assert list(told[0]) != list(told[1]), "the order was the same: the test tests nothing"
