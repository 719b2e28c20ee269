"""The same graph with other rules."""

from __future__ import annotations

import pytest

import attractors as at
from attractors.architecture.swap import with_rules
from attractors.errors import ArchitectureError, UnknownNameError


def level(*names: str) -> list[at.AttractorNetwork]:
    return [at.AttractorNetwork(name, 40, at.KWinners(4), at.Willshaw()) for name in names]


@pytest.fixture
def brain() -> at.Architecture:
    inner = at.Architecture(level("a", "b"), [at.Association("a", "b", name="own")])
    middle = at.Architecture(level("m"), [at.Association("m", "in/a")], {"in": inner})
    free = at.AttractorNetwork("free", 40, at.KWinners(4))
    return at.Architecture([free], [at.Association("free", "mid/in/b")], {"mid": middle})


def test_every_name_reaches_its_own_part_and_no_other(brain: at.Architecture) -> None:
    memories = [name for name, net in brain.nodes.items() if net.rule is not None]
    for name in [*memories, *brain.links]:
        changed = with_rules(brain, {name: at.Covariance()})
        rules = {n: net.rule for n, net in changed.nodes.items() if net.rule is not None}
        rules |= {n: changed.rule_of(edge) for n, edge in changed.links.items()}
        assert [n for n, rule in rules.items() if rule == at.Covariance()] == [name]
        assert list(changed.nodes) == list(brain.nodes)
        assert list(changed.links) == list(brain.links)


def test_nothing_swapped_is_the_same(brain: at.Architecture) -> None:
    assert with_rules(brain, {}) == brain


def test_what_cannot_be_swapped_is_named(brain: at.Architecture) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'mid/in/a'"):
        with_rules(brain, {"mid/in/aa": at.Covariance()})
    with pytest.raises(ArchitectureError, match="'free' has no recurrent memory"):
        with_rules(brain, {"free": at.Covariance()})
