"""The laws of count tables, over every rule that claims to rest on one; and that they can fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

import attractors as at
from attractors.errors import UnsupportedError
from attractors.rules import RULES, counts
from attractors.testing import check_counts

COUNTED = [name for name, rule in RULES.items() if rule.counted]


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("small", [counts.SMALL, 0], ids=["full", "compressed"])
@pytest.mark.parametrize("name", COUNTED)
def test_every_counted_rule_keeps_the_laws(
    name: str, small: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # tables above this size are compressed while they are sparse
    monkeypatch.setattr(counts, "SMALL", small)
    check_counts(RULES[name](), seed)


def test_the_rules_of_the_first_day_rest_on_counts() -> None:
    assert {"Willshaw", "Covariance", "Hebbian"} <= set(COUNTED)


@dataclass(frozen=True)
class Twice(at.Hebbian):
    """Learns more than its counts show."""

    def learn(self, weights, post, pre, activity):
        return super().learn(weights, np.concatenate([post, post]), np.tile(pre, (2, 1)), activity)


@dataclass(frozen=True)
class Own(at.Hebbian):
    counted: ClassVar[bool] = False


def test_a_rule_that_learns_something_else_is_found() -> None:
    with pytest.raises(AssertionError, match="Twice: counts show other weights than learned"):
        check_counts(Twice())


def test_a_rule_that_does_not_rest_on_counts_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="Own does not rest on counts; use keep='weights'"):
        check_counts(Own())
