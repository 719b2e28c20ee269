"""Rules: how synapses come out of patterns."""

from attractors.rules.base import Rule
from attractors.rules.covariance import Covariance
from attractors.rules.fixed import Fixed
from attractors.rules.hebbian import Hebbian
from attractors.rules.pseudo_inverse import PseudoInverse
from attractors.rules.storkey import Storkey
from attractors.rules.willshaw import Willshaw

RULES: dict[str, type[Rule]] = {
    "Hebbian": Hebbian,
    "Covariance": Covariance,
    "Willshaw": Willshaw,
    "Storkey": Storkey,
    "PseudoInverse": PseudoInverse,
    "Fixed": Fixed,
}

__all__ = [
    "RULES",
    "Covariance",
    "Fixed",
    "Hebbian",
    "PseudoInverse",
    "Rule",
    "Storkey",
    "Willshaw",
]
