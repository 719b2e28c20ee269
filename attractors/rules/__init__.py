"""Rules: how synapses come out of patterns."""

from attractors.rules.base import Rule
from attractors.rules.covariance import Covariance
from attractors.rules.fixed import Fixed
from attractors.rules.hebbian import Hebbian
from attractors.rules.willshaw import Willshaw

RULES: dict[str, type[Rule]] = {
    "Hebbian": Hebbian,
    "Covariance": Covariance,
    "Willshaw": Willshaw,
    "Fixed": Fixed,
}

__all__ = ["RULES", "Covariance", "Fixed", "Hebbian", "Rule", "Willshaw"]
