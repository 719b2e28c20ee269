"""Synapses: how weights are held."""

from attractors.rules import Rule
from attractors.synapses.base import Synapses
from attractors.synapses.dense import Dense
from attractors.synapses.sparse import Sparse

FORMS: dict[str, type[Synapses]] = {"Dense": Dense, "Sparse": Sparse}

__all__ = ["FORMS", "Dense", "Sparse", "Synapses", "synapses_for"]


def synapses_for(rule: Rule, shape: tuple[int, int], recurrent: bool) -> Synapses:
    """Return empty synapses in the form that suits the rule: sparse for clipped rules."""
    form = Sparse if rule.clipped else Dense
    return form(rule, shape, recurrent)
