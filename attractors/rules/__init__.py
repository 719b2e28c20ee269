"""Rules: how synapses come out of patterns."""

from attractors.rules.amitfusi import AmitFusi
from attractors.rules.base import Rule
from attractors.rules.bcpnn import BCPNN
from attractors.rules.bounded import Bounded
from attractors.rules.clipped import Clipped
from attractors.rules.competitive import Competitive
from attractors.rules.correlation import Correlation
from attractors.rules.covariance import Covariance
from attractors.rules.diluted import Diluted
from attractors.rules.dual import DualRule
from attractors.rules.energy_difference import EnergyDifference
from attractors.rules.fixed import Fixed
from attractors.rules.hard_locations import HardLocations
from attractors.rules.hebbian import Hebbian
from attractors.rules.key_value import KeyValue
from attractors.rules.linear_attention import LinearAttention
from attractors.rules.marginalist import Marginalist
from attractors.rules.perceptron import ConvergenceWarning, Perceptron
from attractors.rules.presynaptic_covariance import PresynapticCovariance
from attractors.rules.pruned import Pruned
from attractors.rules.pseudo_inverse import PseudoInverse
from attractors.rules.quantised import Quantised
from attractors.rules.sequence import Sequence
from attractors.rules.slots import Slots
from attractors.rules.storkey import Storkey
from attractors.rules.unsupervised import compete, oja
from attractors.rules.willshaw import Willshaw

RULES: dict[str, type[Rule]] = {
    "Hebbian": Hebbian,
    "Covariance": Covariance,
    "Correlation": Correlation,
    "PresynapticCovariance": PresynapticCovariance,
    "Willshaw": Willshaw,
    "Storkey": Storkey,
    "PseudoInverse": PseudoInverse,
    "Perceptron": Perceptron,
    "BCPNN": BCPNN,
    "Competitive": Competitive,
    "Bounded": Bounded,
    "Marginalist": Marginalist,
    "AmitFusi": AmitFusi,
    "Sequence": Sequence,
    "Diluted": Diluted,
    "Clipped": Clipped,
    "Quantised": Quantised,
    "Pruned": Pruned,
    "Slots": Slots,
    "KeyValue": KeyValue,
    "EnergyDifference": EnergyDifference,
    "HardLocations": HardLocations,
    "LinearAttention": LinearAttention,
    "Fixed": Fixed,
}

__all__ = [
    "BCPNN",
    "RULES",
    "AmitFusi",
    "Bounded",
    "Clipped",
    "Competitive",
    "ConvergenceWarning",
    "Correlation",
    "Covariance",
    "Diluted",
    "DualRule",
    "EnergyDifference",
    "Fixed",
    "HardLocations",
    "Hebbian",
    "KeyValue",
    "LinearAttention",
    "Marginalist",
    "Perceptron",
    "PresynapticCovariance",
    "Pruned",
    "PseudoInverse",
    "Quantised",
    "Rule",
    "Sequence",
    "Slots",
    "Storkey",
    "Willshaw",
    "compete",
    "oja",
]
