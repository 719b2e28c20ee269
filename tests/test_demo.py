from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attractors import demo
from attractors.demo import demonstration, tuning
from attractors.demo.score import Score, model
from attractors.errors import OutputError, ParameterError

FILES = ["architecture.png", "overlaps.png", "raster.png", "recalled.png", "results.json"]
TASKS = [
    "recall, flipped",
    "recall, erased",
    "diversion to even",
    "diversion to odd",
    "control, read as even",
    "control, read as odd",
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("demo") / "new"
    return folder, demo.run(folder, trials={"rate": 20, "spiking": 4})


def counted(results: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What does not depend on the clock."""
    keys = ("engine", "task", "successes", "trials", "events", "dense_events", "nearest")
    return [tuple(score[key] for key in keys) for score in results["scores"]]


def test_it_leaves_its_figures_and_the_numbers_it_returns(
    both: tuple[Path, dict[str, Any]],
) -> None:
    folder, results = both
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert json.loads((folder / "results.json").read_text(encoding="utf-8")) == results
    for name in FILES[:4]:
        assert (folder / name).read_bytes().startswith(b"\x89PNG"), name


def test_every_task_runs_on_both_engines_with_its_baseline(
    both: tuple[Path, dict[str, Any]],
) -> None:
    scores = both[1]["scores"]
    assert [(s["engine"], s["task"]) for s in scores] == [
        (engine, task) for engine in ("rate", "spiking") for task in TASKS
    ]
    for score in scores:
        low, high = score["interval"]
        assert low <= score["share"] <= high
        assert 0 < score["events"] < score["dense_events"]
        assert score["milliseconds"] > 0
        assert 0 < score["joules"] < 1e-2
        assert score["bytes_read"] > 0
        # a digit among ten is worth 3.3 bits, one of the two of an overlay a single one
        assert 0 <= score["bits"] <= (np.log2(10) if "recall" in score["task"] else 1.0)
        assert 0 <= score["nearest"] <= score["trials"]


def test_the_control_is_one_run_read_twice(both: tuple[Path, dict[str, Any]]) -> None:
    for engine in ("rate", "spiking"):
        even, odd = (
            s for s in both[1]["scores"] if s["engine"] == engine and "control" in s["task"]
        )
        assert even["events"] == odd["events"]
        assert even["successes"] + odd["successes"] <= even["trials"]


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others(tmp_path: Path) -> None:
    first, again, other = (
        counted(demo.run(tmp_path, seed=seed, trials={"rate": 20})) for seed in (3, 3, 4)
    )
    assert first == again
    assert first != other


def test_it_prints_one_table_and_no_progress_where_there_is_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.run(tmp_path, trials={"rate": 5})
    printed = capsys.readouterr().out
    assert printed.count("95 % interval") == 1
    for task in TASKS:
        assert task in printed
    assert "drawing" not in printed
    assert "\x1b" not in printed


def test_an_unwritable_folder_is_found_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(demonstration, "model", lambda: pytest.fail("work was begun"))
    with pytest.raises(OutputError, match="cannot be written"):
        demo.run(tmp_path / "file")


def test_a_failure_on_the_way_leaves_no_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("on the way")

    monkeypatch.setattr(demonstration.drawings, "draw", fail)
    with pytest.raises(RuntimeError, match="on the way"):
        demo.run(tmp_path, trials={"rate": 5})
    assert list(tmp_path.iterdir()) == []


def test_no_trials_at_all_are_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "model", lambda: pytest.fail("work was begun"))
    with pytest.raises(ParameterError, match="rate"):
        demo.run(tmp_path, trials={"rate": 0})


def test_a_score_states_wilsons_interval() -> None:
    score = Score("rate", "recall", 95, 100, 1.0, 10.0, 100.0, 90, 3.0, 40.0, 1e-9)
    assert score.interval == pytest.approx((0.888, 0.978), abs=5e-4)
    assert score.as_dict()["share"] == 0.95


def test_tuning_keeps_what_is_better_and_leaves_the_report_half_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The clearest five beat any five over the seeds that the docstring reports."""
    module, halves, seen = model(), [], []
    digits = module.digits
    monkeypatch.setattr(module, "digits", lambda half: halves.append(half) or digits(half))
    monkeypatch.setattr(tuning, "model", lambda: module)
    best = tuning.tune({"choice": ("any", "clear")}, seeds=range(4), trials=100, tell=seen.append)
    start, clear = seen
    assert start.settings == module.Settings(**tuning.START)
    assert best is clear, (start.shares, clear.shares)
    assert set(halves) == {"tuning"}
    assert "choice='clear'" in tuning.line(best)


def test_a_costlier_choice_must_be_better_beyond_doubt() -> None:
    def found(share: float, events: float) -> tuning.Tried:
        return tuning.Tried(None, {"recall": share}, events, 0.01)

    assert not found(0.975, 200.0).beats(found(0.95, 100.0))
    assert found(0.98, 200.0).beats(found(0.95, 100.0))
    assert found(0.95, 90.0).beats(found(0.95, 100.0))
    assert not found(0.95, 100.0).beats(found(0.95, 100.0))
    assert not found(0.94, 10.0).beats(found(0.95, 100.0))
