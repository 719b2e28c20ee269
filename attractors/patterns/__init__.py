"""Patterns: random and correlated ensembles, corruption, and the check every store uses."""

from __future__ import annotations

from attractors.patterns.check import Values, as_patterns
from attractors.patterns.corruption import add, erase, flip, mask, mask_units, move
from attractors.patterns.families import (
    Families,
    bernoulli_families,
    sign_families,
    sparse_families,
)
from attractors.patterns.lists import as_sparse_patterns
from attractors.patterns.random import random_bernoulli, random_signs, random_sparse

__all__ = [
    "Families",
    "Values",
    "add",
    "as_patterns",
    "as_sparse_patterns",
    "bernoulli_families",
    "erase",
    "flip",
    "mask",
    "mask_units",
    "move",
    "random_bernoulli",
    "random_signs",
    "random_sparse",
    "sign_families",
    "sparse_families",
]
