"""Rules: how synapses come out of patterns."""

from attractors.rules.amitfusi import AmitFusi
from attractors.rules.base import Rule
from attractors.rules.bounded import Bounded
from attractors.rules.clipped import Clipped
from attractors.rules.covariance import Covariance
from attractors.rules.diluted import Diluted
from attractors.rules.fixed import Fixed
from attractors.rules.hebbian import Hebbian
from attractors.rules.marginalist import Marginalist
from attractors.rules.pruned import Pruned
from attractors.rules.pseudo_inverse import PseudoInverse
from attractors.rules.quantised import Quantised
from attractors.rules.sequence import Sequence
from attractors.rules.storkey import Storkey
from attractors.rules.willshaw import Willshaw

RULES: dict[str, type[Rule]] = {
    "Hebbian": Hebbian,
    "Covariance": Covariance,
    "Willshaw": Willshaw,
    "Storkey": Storkey,
    "PseudoInverse": PseudoInverse,
    "Bounded": Bounded,
    "Marginalist": Marginalist,
    "AmitFusi": AmitFusi,
    "Sequence": Sequence,
    "Diluted": Diluted,
    "Clipped": Clipped,
    "Quantised": Quantised,
    "Pruned": Pruned,
    "Fixed": Fixed,
}

__all__ = [
    "RULES",
    "AmitFusi",
    "Bounded",
    "Clipped",
    "Covariance",
    "Diluted",
    "Fixed",
    "Hebbian",
    "Marginalist",
    "Pruned",
    "PseudoInverse",
    "Quantised",
    "Rule",
    "Sequence",
    "Storkey",
    "Willshaw",
]
