"""Published numbers come out of the public API, each within its tolerance and two errors."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import attractors as at
from attractors.catalog import Claim, Measured
from attractors.cli.app import app
from attractors.verify import Stated, parameters, row, rows, stated, uncovered
from attractors.verify.families import FAMILIES

ROWS = [one for one in stated() if one.name in rows()]
# tens of seconds each, of families of which other rows are quick
LONG = (
    "hopsim_2000",
    "parisi_1.0",
    "pinv_0.2",
    "pinv_0.5_zero",
    "mod_10_10_bcpnn",
    "mod_10_10_cov",
    "mod_10_10_presyn",
    "mod_10_10_willshaw",
)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(one, marks=pytest.mark.slow)
        if one.claim.slow or one.name.startswith(LONG)
        else one
        for one in ROWS
    ],
    ids=lambda one: one.name,
)
def test_the_published_row_comes_out(one: Stated) -> None:
    measured = one.claim.measure(1)
    if one.note:
        # once it holds the note is wrong
        assert not one.claim.holds(measured), f"{one.claim.published} is {measured}: {one.note}"
    else:
        assert one.claim.holds(measured), f"{one.claim.published} is not {measured}"


def test_rows_carry_their_sources_and_conditions() -> None:
    assert len(rows()) == 151
    assert uncovered() == []
    assert all(one.source and one.quantity for one in rows().values())
    assert row("hop_mT_0.02_0.3").parameters == {"alpha": 0.02, "T": 0.3}
    assert parameters("c=4,l=512,erased=1,M=10000")["l"] == 512
    with pytest.raises(at.errors.UnknownNameError, match="hop_ac"):
        row("hop_a")


def test_families_measure_rows_of_their_own_and_none_twice() -> None:
    prefixes = [family.prefix for family in FAMILIES]
    assert len(set(prefixes)) == len(prefixes)
    for prefix in prefixes:
        assert any(name == prefix or name.startswith(f"{prefix}_") for name in rows()), prefix
    names = [one.name for one in ROWS]
    assert len(set(names)) == len(names)


def test_a_name_asks_for_a_row_a_family_or_a_model() -> None:
    assert [one.name for one in stated(["hop_m_0.1"])] == ["hop_m_0.1"]
    assert {one.name for one in stated(["gard", "hopfield"])} == {"gard_0", "gard_1", "hopfield"}
    with pytest.raises(at.errors.UnknownNameError, match="published rows 'gart'.*gard"):
        stated(["gart"])
    with pytest.raises(at.errors.UnknownNameError, match="did you mean 'hopfield'"):
        stated(["hopfeld"])


def test_the_command_prints_and_counts() -> None:
    result = CliRunner().invoke(app, ["verify", "hop_ac", "gard"])
    assert result.exit_code == 0, result.output
    assert result.output.count("| holds") == 3
    assert "3 of 3 numbers hold." in result.output
    found = json.loads(CliRunner().invoke(app, ["verify", "hop_ac", "--json"]).output)
    assert found["claims"][0]["measured"] == pytest.approx(0.1379056, abs=1e-6)


def test_a_number_that_does_not_hold_fails_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Claim("it is 2", 2.0, 0.1, "nobody", lambda seed: Measured(3.0, 2.9, 3.1, 4), slow=True)
    monkeypatch.setattr("attractors.verify.stated", lambda names: [Stated("w", wrong, "because")])
    result = CliRunner().invoke(app, ["verify"])
    assert result.exit_code == 1
    assert "measured 3 (2.9 to 3.1) | DOES NOT HOLD\n    because" in result.output
    assert "Not: w." in result.output
    result = CliRunner().invoke(app, ["verify", "--fast"])
    assert result.exit_code == 0
    assert "1 that take minutes each were left out" in result.output
