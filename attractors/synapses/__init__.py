"""Synapses: how weights are held."""

from attractors.synapses.base import Synapses
from attractors.synapses.choice import FORMS, form_for, synapses_for
from attractors.synapses.dense import Dense
from attractors.synapses.dual import Dual
from attractors.synapses.integers import Int8, Int16
from attractors.synapses.packed import Packed
from attractors.synapses.separation import separate
from attractors.synapses.sparse import Sparse

__all__ = [
    "FORMS",
    "Dense",
    "Dual",
    "Int8",
    "Int16",
    "Packed",
    "Sparse",
    "Synapses",
    "form_for",
    "separate",
    "synapses_for",
]
