"""Studies are read back from their folders, finished or not, and set side by side."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import attractors as at
from attractors.errors import OutputError
from attractors.studies.comparison import compared, differences
from attractors.studies.provenance import continued
from attractors.studies.task import Row, Task

STUDY = {"rule": "hebbian", "units": 60, "trials": 2, "cues": 5, "seed": 3}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("study")


@pytest.fixture(scope="module")
def study(folder: Path) -> at.studies.Study:
    return at.studies.capacity(**STUDY, out=folder)


def test_a_finished_study_is_read_back_equal(study: at.studies.Study, folder: Path) -> None:
    found = at.studies.load(folder)
    assert found.table.equals(study.table)
    assert found.critical == study.critical
    assert found.header == json.loads(json.dumps(study.header))
    assert str(found) == str(study)


def test_an_unfinished_search_tells_what_is_missing(
    study: at.studies.Study, folder: Path, tmp_path: Path
) -> None:
    header = json.loads((folder / "header.json").read_text())
    lines = (folder / "ledger.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "header.json").write_text(json.dumps(header))
    (tmp_path / "ledger.jsonl").write_text("".join(lines[:-3]))
    found = at.studies.load(tmp_path)
    assert len(found.table) == len(study.table) - 3
    assert found.header["unfinished"]["missing"] == 3
    assert "3 of" in str(found)
    assert "UNFINISHED" in str(found)
    again = at.studies.capacity(**STUDY, out=tmp_path)
    assert again.critical == study.critical
    assert "unfinished" not in again.header


def test_shards_are_read_back_together(tmp_path: Path) -> None:
    grid = {**STUDY, "patterns": [4, 30]}
    at.studies.capacity(**grid, out=tmp_path, shard="2/2")
    assert at.studies.load(tmp_path).header["unfinished"]["missing"] == 2
    at.studies.capacity(**grid, out=tmp_path, shard="1/2")
    found = at.studies.load(tmp_path)
    assert "unfinished" not in found.header
    assert found.critical == at.studies.capacity(**grid).critical


def test_trials_of_an_own_study_stand_in_order(tmp_path: Path) -> None:
    def measure(task: Task) -> Row:
        return {"y": task.trial}

    grid = at.studies.Grid([{"x": 10, "w": "b"}, {"x": 9, "w": "b"}, {"x": 9, "w": "a"}], 2)
    at.studies.run("own", {"seed": 1}, measure, grid, out=tmp_path)
    table, header = at.studies.load_table(tmp_path)
    assert table[["w", "x", "trial"]].values.tolist() == [
        *(["a", 9, 0], ["a", 9, 1], ["b", 9, 0]),
        *(["b", 9, 1], ["b", 10, 0], ["b", 10, 1]),
    ]
    assert header["definition"] == {"seed": 1}
    with pytest.raises(OutputError, match="holds the study 'own', not 'capacity'"):
        at.studies.load(tmp_path)


def test_a_folder_without_trials_says_so(
    folder: Path, study: at.studies.Study, tmp_path: Path
) -> None:
    (tmp_path / "header.json").write_bytes((folder / "header.json").read_bytes())
    with pytest.raises(OutputError, match="no finished trial yet"):
        at.studies.load(tmp_path)


def test_studies_are_compared_by_the_ratio_of_their_critical_loads(study: at.studies.Study) -> None:
    damaged = at.studies.capacity(**{**STUDY, "seed": 4}, flipped=0.2)
    studies = {"clean": study, "damaged": damaged}
    assert differences([study, damaged]) == {"flipped": [0.0, 0.2], "seed": [3, 4]}
    found = compared(studies).set_index("study")
    assert found["critical_load"].tolist() == [study.critical_load, damaged.critical_load]
    assert found.loc["clean", ["ratio_low", "ratio", "ratio_high"]].tolist() == [1.0, 1.0, 1.0]
    ratio = damaged.critical_load / study.critical_load
    assert found["ratio"]["damaged"] == pytest.approx(ratio)
    widths = [np.log(s.interval[1] / s.interval[0]) / 2 for s in (study, damaged)]
    assert np.log(found["ratio_high"]["damaged"] / ratio) == pytest.approx(np.hypot(*widths))


def test_a_study_without_critical_load_can_be_compared(study: at.studies.Study) -> None:
    hopeless = at.studies.capacity(**STUDY, flipped=0.6)
    found = compared({"clean": study, "hopeless": hopeless}).set_index("study")
    assert np.isnan(found["ratio"]["hopeless"])
    assert np.isnan(found["patterns_per_synapse"]["hopeless"])


def test_a_study_that_goes_on_elsewhere_tells_where_it_was_begun(
    study: at.studies.Study, folder: Path, tmp_path: Path
) -> None:
    header = json.loads((folder / "header.json").read_text())
    header["provenance"]["numpy"] = "1.0"
    (tmp_path / "header.json").write_text(json.dumps(header))
    for _ in range(2):
        again = at.studies.capacity(**STUDY, out=tmp_path)
        told = again.header["provenance"]
        assert told["numpy"] == np.__version__
        assert told["begun_with"]["numpy"] == "1.0"


def test_what_is_begun_and_ended_alike_has_one_provenance() -> None:
    now = {"numpy": "2.3", "source_commit": None}
    assert continued(now, now) == now
