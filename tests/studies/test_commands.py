"""Studies by command: parts of a grid and what is told of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SMALL = {"--rule": "hebbian", "--units": "60", "--trials": "2", "--cues": "4"}
CAPACITY = ["study", "capacity", *(word for option in SMALL.items() for word in option)]
GRID = [*CAPACITY, "--patterns", "4,30"]
Call = Callable[..., Any]


def test_jobs_of_an_array_make_one_study(call: Call, tmp_path: Path) -> None:
    first = call(*GRID, "--out", tmp_path, "--shard", "1/2", "--json")
    assert json.loads(first.out) == {"study": "capacity", "shard": "1/2", "trials": 2}
    second = call(*GRID, "--out", tmp_path, "--shard", "2/2")
    assert "Shard 2/2 is done: 2 trials" in second.out
    assert not (tmp_path / "table.csv").exists()
    whole = call(*GRID, "--out", tmp_path, "--json")
    alone = call(*GRID, "--json")
    assert json.loads(whole.out)["curve"] == json.loads(alone.out)["curve"]
    assert not (tmp_path / "ledger.jsonl").exists(), "no trial was left to run"


def test_a_search_cannot_be_sharded(call: Call, tmp_path: Path) -> None:
    done = call(*CAPACITY, "--out", tmp_path, "--shard", "1/2")
    assert done.code == 2
    assert "fixed grids only" in done.err


def test_a_cluster_that_is_not_there_is_one_message(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attractors.studies.pools._PATIENCE", 0.2)
    done = call(*GRID, "--cluster", "tcp://127.0.0.1:9")
    assert done.code == 2
    assert done.err.startswith("Error: ")
    assert "cluster" in done.err
    assert "Traceback" not in done.err
