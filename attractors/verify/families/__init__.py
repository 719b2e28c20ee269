"""Families of published numbers, one file for each kind of memory."""

from attractors.verify.families import (
    bounds,
    cliques,
    covariance,
    dense_memory,
    encoders,
    forgetting,
    gardner,
    hopfield,
    kanerva,
    linear,
    mean_field,
    modular,
    projection,
    willshaw,
)
from attractors.verify.families.family import Family

_FILES = (
    hopfield,
    mean_field,
    bounds,
    gardner,
    projection,
    willshaw,
    covariance,
    dense_memory,
    encoders,
    kanerva,
    cliques,
    modular,
    forgetting,
    linear,
)
FAMILIES: tuple[Family, ...] = tuple(family for file in _FILES for family in file.FAMILIES)

__all__ = ["FAMILIES", "Family"]
