"""The table of all rules in the documentation says of each what the rule says of itself."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import numpy as np
import pytest

import attractors as at
from attractors.rules import RULES, Fixed
from attractors.rules.wrapper import Wrapper

ARGUMENTS = {"Fixed": {"weights": np.ones((2, 2))}, "HardLocations": {"locations": 9, "radius": 3}}


def rows(page: str) -> dict[str, list[str]]:
    """Cells by rule."""
    found = re.findall(r"^\| `(\w+)` (.*)\|$", page, re.MULTILINE)
    return {name: [cell.strip() for cell in rest.split(" | ")] for name, rest in found}


@pytest.fixture
def page(checkout: Path) -> str:
    return (checkout / "docs" / "rules.md").read_text(encoding="utf-8")


def test_every_rule_has_a_row(page: str) -> None:
    assert rows(page).keys() == RULES.keys()


@pytest.mark.parametrize("name", RULES)
def test_values_and_order_are_those_of_the_rule(page: str, name: str) -> None:
    _, values, free, *_ = (cell.strip("| ") for cell in rows(page)[name])
    rule = RULES[name](**ARGUMENTS.get(name, {}))
    if isinstance(rule, Wrapper):
        assert values == "of the rule"
        assert free == ("no" if isinstance(rule, at.Sequence) else "of the rule")
        return
    assert values == {"01": "01", "±1": "±1", "any": "any", None: "none"}[rule.values] or (
        name == "AmitFusi" and values == "01 or ±1"
    )
    assert (free == "yes") == rule.order_free or isinstance(rule, Fixed)


def test_examples_run_and_print_what_the_page_shows(page: str) -> None:
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    examples = parser.get_doctest("\n".join(blocks), {}, "rules.md", "rules.md", 0)
    assert len(examples.examples) > 10
    assert runner.run(examples).failed == 0
