"""``attractors bench`` as users call it."""

import json

import pytest

from attractors.bench import Row, Spread
from attractors.bench.cases import CASES
from attractors.cli import app

SERIES = {"units": [10, 20, 40], "seconds": [1.0, 2.0, 4.0], "fitted": [1.0, 2.0, 4.0]}


def rows(case, quick):
    yield Row("packed: time", Spread(1.0, 0.9, 1.1), "exponent of N", case=case.name, series=SERIES)


@pytest.fixture
def call(capsys, monkeypatch):
    """Run the command with cases that measure nothing."""
    monkeypatch.setattr("attractors.bench.isolated", rows)

    def run(*arguments):
        with pytest.raises(SystemExit) as leaving:
            app(["bench", *map(str, arguments)], prog_name="attractors")
        shown = capsys.readouterr()
        return leaving.value.code, shown.out, shown.err

    return run


def test_every_case_is_measured_under_its_heading(call):
    code, out, _ = call("--quick")
    assert code == 0
    for case in CASES.values():
        assert case.heading(quick=True) in out


def test_json_is_all_that_is_printed(call):
    code, out, _ = call("--only", "growth", "--json")
    assert code == 0
    found = json.loads(out)
    assert [row["case"] for row in found["rows"]] == ["growth"]
    assert found["sizes"] == {"growth": dict(CASES["growth"].full)}
    assert found["machine"]["cores"] >= 1


def test_numbers_table_and_figures_are_left_in_a_folder(call, tmp_path):
    code, out, _ = call("--only", "growth", "--out", tmp_path / "found")
    assert code == 0
    written = sorted(path.name for path in (tmp_path / "found").iterdir())
    assert written == ["bench.json", "bench.md", "growth.png"]
    assert f"Written to {tmp_path / 'found'}" in out


def test_an_unknown_row_is_named_with_the_near_miss(call):
    code, _, err = call("--only", "packd")
    assert code == 2
    assert "There is no row 'packd'; did you mean 'packed'?" in err
