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


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders of studies of two sizes."""
    import attractors as at

    root = tmp_path_factory.mktemp("studies")
    for units in (40, 80):
        at.studies.capacity("hebbian", units, trials=3, cues=8, out=root / f"n{units}")
    return [root / "n40", root / "n80"]


def test_show_prints_what_the_study_printed(call: Call, folders: list[Path]) -> None:
    assert "Critical load" in call("study", "show", folders[0]).out
    found = json.loads(call("study", "show", folders[0], "--json").out)
    header = json.loads((folders[0] / "header.json").read_text())
    assert found["result"] == header["result"]
    assert found["curve"]


def test_show_takes_a_folder_that_holds_a_study(call: Call, tmp_path: Path) -> None:
    done = call("study", "show", tmp_path)
    assert done.code == 2
    assert "holds no study" in done.err


def test_compare_names_the_differences_and_the_ratio(call: Call, folders: list[Path]) -> None:
    text = call("study", "compare", *folders).out
    assert "units" in text
    assert "ratio" in text
    found = json.loads(call("study", "compare", *folders, "--json").out)
    assert found["differ"] == {"units": [40, 80]}
    first, second = found["studies"]
    assert second["ratio"] == pytest.approx(second["critical_load"] / first["critical_load"])


def test_extrapolate_prints_limit_and_goodness_of_fit(call: Call, folders: list[Path]) -> None:
    text = call("study", "extrapolate", *folders, "--power", "0.5").out
    assert "Limit" in text
    assert "Goodness of fit" in text
    found = json.loads(call("study", "extrapolate", *folders, "--json").out)
    assert found["low"] < found["load"] < found["high"]
    assert found["probability"] is None, "two sizes fit any line"


def test_export_writes_what_was_asked_for(call: Call, folders: list[Path], tmp_path: Path) -> None:
    done = call("study", "export", folders[0], "--format", "netcdf", "--out", tmp_path)
    assert (tmp_path / "table.nc").exists()
    assert str(tmp_path / "table.nc") in done.out
    told = json.loads(call("study", "export", folders[0], "--json").out)
    assert told["rows"] == len((folders[0] / "ledger.jsonl").read_text().splitlines())
    assert call("study", "export", folders[0], "--format", "xls").code == 2


def test_show_prints_studies_of_other_kinds(call: Call, tmp_path: Path) -> None:
    import attractors as at

    grid = at.studies.Grid([{"x": 7}], 2)
    at.studies.run("own", {"seed": 1}, lambda task: {"y": task.trial}, grid, out=tmp_path)
    assert "Study own" in call("study", "show", tmp_path).out
    found = json.loads(call("study", "show", tmp_path, "--json").out)
    assert [(row["x"], row["y"]) for row in found["table"]] == [(7, 0), (7, 1)]
