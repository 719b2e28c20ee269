"""Theory beside the curves: solved from its equations, never tabulated."""

from attractors.theory.covariance import Policy, covariance_capacity
from attractors.theory.gardner import gardner_capacity
from attractors.theory.hopfield import hopfield_capacity, hopfield_overlap
from attractors.theory.information import entropy, identification, transinformation
from attractors.theory.willshaw import (
    willshaw_capacity,
    willshaw_false_positive,
    willshaw_recall_load,
)

__all__ = [
    "Policy",
    "covariance_capacity",
    "entropy",
    "gardner_capacity",
    "hopfield_capacity",
    "hopfield_overlap",
    "identification",
    "transinformation",
    "willshaw_capacity",
    "willshaw_false_positive",
    "willshaw_recall_load",
]
