"""Shards part a grid without loss, and their ledgers make one study again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import attractors as at
from attractors.errors import OutputError, ParameterError
from attractors.studies.shard import Shard
from attractors.studies.task import Row, Task

GRID = at.studies.Grid([{"x": x} for x in (2, 3, 5)], 3)
STUDY = {"rule": "willshaw", "units": 100, "activity": 0.06, "trials": 3, "cues": 5, "seed": 4}
LOADS = (20, 60)


def measure(task: Task) -> Row:
    return {"y": 10 * int(task.point["x"]) + task.trial}


def run(out: Path, shard: str | None = None, measured=measure) -> list[Row]:
    return at.studies.run("own", {"a": 1}, measured, GRID, out=out, shard=shard)


def without_time(rows: Sequence[Row]) -> list[Row]:
    return [{key: value for key, value in row.items() if key != "seconds"} for row in rows]


def never(task: Task) -> Row:
    raise AssertionError(f"{task.key} is run again")


@pytest.mark.parametrize("count", [1, 2, 4, 9])
def test_shards_share_all_trials_and_none_twice(count: int) -> None:
    parts = [Shard(number, count).of(GRID)([]) for number in range(1, count + 1)]
    keys = [task.key for part in parts for task in part]
    assert sorted(keys) == sorted(task.key for task in GRID([]))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize("text", ["0/4", "5/4", "2", "a/b", "2/0", "-1/4", "1/4/2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="write k/n with k from 1 to n"):
        Shard.parse(text)


def test_shards_are_put_together_by_a_run_without_one(tmp_path: Path) -> None:
    for number in (3, 1, 2):
        rows = run(tmp_path, f"{number}/3")
        assert [row["trial"] for row in rows] == [number - 1] * 3
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {"header.json", *(f"ledger.{n}-of-3.jsonl" for n in (1, 2, 3))}
    whole = run(tmp_path, measured=never)
    undisturbed = at.studies.run("own", {"a": 1}, measure, GRID)
    assert without_time(whole) == without_time(undisturbed)


def test_torn_lines_requeued_jobs_and_double_shards_lose_and_double_nothing(tmp_path: Path) -> None:
    run(tmp_path, "1/2")
    run(tmp_path, "2/2")
    torn = tmp_path / "ledger.2-of-2.jsonl"
    torn.write_bytes(torn.read_bytes()[:-9])
    # the queue runs a job again, in part at the same time as its twin
    twin = (tmp_path / "ledger.1-of-2.jsonl").read_bytes()
    (tmp_path / "ledger.1-of-2.jsonl").write_bytes(twin + twin)
    ran: list[Task] = []

    def counted(task: Task) -> Row:
        ran.append(task)
        return measure(task)

    run(tmp_path, "2/2", counted)
    assert len(ran) == 1, "only the torn trial is run again"
    run(tmp_path, "1/4", never)
    assert without_time(run(tmp_path, measured=never)) == without_time(run(tmp_path / "alone"))


def test_what_is_no_grid_is_not_sharded(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="fixed grids only"):
        at.studies.run("own", {}, measure, lambda rounds: [], out=tmp_path, shard="1/2")
    with pytest.raises(ParameterError, match="fixed grids only"):
        at.studies.capacity(**STUDY, out=tmp_path, shard="1/2")
    assert not [*tmp_path.iterdir()], "refused before anything is written"


def test_a_shard_needs_a_folder_and_a_trial(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="needs a folder"):
        at.studies.run("own", {}, measure, GRID, shard="1/2")
    with pytest.raises(ParameterError, match="there are 9 trials"):
        run(tmp_path, "10/10")


def test_a_shard_of_another_definition_is_refused(tmp_path: Path) -> None:
    run(tmp_path, "1/2")
    with pytest.raises(OutputError, match="a = 1, not 2"):
        at.studies.run("own", {"a": 2}, measure, GRID, out=tmp_path, shard="2/2")


def test_a_ledger_that_comes_from_another_study_is_refused(tmp_path: Path) -> None:
    run(tmp_path / "first", "1/2")
    at.studies.run("own", {"a": 2}, measure, GRID, out=tmp_path / "second", shard="2/2")
    ledger = "ledger.2-of-2.jsonl"
    (tmp_path / "first" / ledger).write_bytes((tmp_path / "second" / ledger).read_bytes())
    with pytest.raises(OutputError, match="trials of another study"):
        run(tmp_path / "first")


def test_a_sharded_capacity_study_equals_the_undivided_one(tmp_path: Path) -> None:
    for shard in ("2/2", "1/2"):
        part = at.studies.capacity(**STUDY, patterns=LOADS, out=tmp_path, shard=shard)
        assert len(part.table) == 3
    assert "result" not in json.loads((tmp_path / "header.json").read_text())
    whole = at.studies.capacity(**STUDY, patterns=LOADS, out=tmp_path)
    undisturbed = at.studies.capacity(**STUDY, patterns=LOADS)
    told, expected = (
        study.table.drop(columns="seconds").to_csv() for study in (whole, undisturbed)
    )
    assert told == expected
    assert whole.header["result"] == undisturbed.header["result"]
