"""Families of published numbers, one file for each kind of memory."""

from attractors.verify.families import covariance, dense_memory, gardner, hopfield, willshaw
from attractors.verify.families.family import Family

FAMILIES: tuple[Family, ...] = (
    *hopfield.FAMILIES,
    *gardner.FAMILIES,
    *willshaw.FAMILIES,
    *covariance.FAMILIES,
    *dense_memory.FAMILIES,
)

__all__ = ["FAMILIES", "Family"]
