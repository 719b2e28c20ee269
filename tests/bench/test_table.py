from dataclasses import replace

import pytest

from attractors.bench import Bound, Case, Row, Spread
from attractors.bench.table import HEAD, as_values, cells, markdown, quantity, text, verdicts

TIME = Spread(5.3e-6, 5.1e-6, 5.6e-6)
ROW = Row(
    "half cue",
    TIME,
    against="numpy 2.3.5, float32 product",
    theirs=Spread(5.3e-3, 5.2e-3, 5.4e-3),
    ratio=Spread(1000.0, 990.0, 1010.0),
    bound=Bound(500.0),
    agrees=True,
    case="packed",
)


def test_a_row_shows_both_sides_the_ratio_and_whether_it_holds():
    assert dict(zip(HEAD, cells(ROW), strict=True)) == {
        "work": "half cue",
        "ours": "5.3 µs",
        "against": "numpy 2.3.5, float32 product",
        "theirs": "5.3 ms",
        "ratio (interval)": "1,000 (990 to 1,010)×",
        "equal": "yes",
        "must reach": "≥ 500×",
        "holds": "yes",
    }


def test_a_bound_on_our_own_number_has_its_unit():
    row = Row("peak", Spread(1.6e9, 1.6e9, 1.6e9), "B", bound=Bound(3e9, "most"))
    shown = dict(zip(HEAD, cells(row), strict=True))
    assert (shown["ours"], shown["must reach"], shown["holds"]) == ("1.6 GB", "≤ 3 GB", "yes")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (2.0, "s", "2 s"),
        (3.2e-8, "s", "32 ns"),
        (0.99951, "share", "99.95 %"),
        (3e-7, "share", "< 0.01 %"),
        (61234.0, "patterns/s", "61,234 patterns/s"),
        (12.3e9, "B/s", "12.3 GB/s"),
        (33.6e6, "B", "33.6 MB"),
    ],
)
def test_numbers_have_units_in_a_readable_size(value, unit, shown):
    assert quantity(Spread(value, value, value), unit) == shown


def test_exponents_show_their_interval():
    assert quantity(Spread(1.04, 0.98, 1.1), "exponent of N") == "1.04 (0.98 to 1.10)"


def test_the_verdict_names_what_falls_short():
    short = Row("half cue", TIME, bound=Bound(1e-6, "most"), case="million")
    skipped = Row("half cue", TIME, against="x (not installed)", bound=Bound(1.0))
    said = verdicts([ROW, short, skipped])
    assert said == "1 of 2 bounds hold.\nShort of them:\n  million, half cue"
    assert verdicts([ROW]) == "1 of 1 bounds hold."
    assert verdicts([replace(ROW, judged=False)]) == "At reduced size no bound is judged."


def test_a_note_stands_once_below_the_table():
    rows = [Row("half cue", TIME, note="warm"), Row("half cue", TIME, note="warm")]
    assert text(rows).count("half cue: warm") == 1


def test_values_keep_what_was_measured_on_what():
    found = as_values([ROW], {"packed": {"units": 4}}, {"cores": 2})
    assert found["machine"] == {"cores": 2}
    assert found["sizes"] == {"packed": {"units": 4}}
    assert found["rows"][0]["ratio"] == {"value": 1000.0, "low": 990.0, "high": 1010.0}
    assert found["rows"][0]["holds"] is True


def test_markdown_has_a_line_for_every_case_and_row():
    case = Case("packed", "recall", lambda size, pace: iter(()), {"units": 16_384}, {"units": 64})
    lines = markdown([case], [ROW]).splitlines()
    assert len(lines) == 4
    assert "**packed: recall (units 16,384)**" in lines[2]
    assert lines[3].startswith("| half cue | 5.3 µs | numpy 2.3.5, float32 product | 5.3 ms |")
    assert {line.count("|") for line in lines} == {len(HEAD) + 1}
