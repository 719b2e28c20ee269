"""Dynamics: how the units of a network update, declared without numerics.

Engines hold the numerics: :func:`attractors.engines.rate.update` turns a declaration into new
states. A dynamics of your own is a frozen dataclass derived from :class:`Dynamics` plus one
function registered there.
"""

from __future__ import annotations

from attractors.dynamics.base import ORDERS, Alphabet, Dynamics, Order
from attractors.dynamics.blocks import Blocks
from attractors.dynamics.fatigue import Adaptation, Depression
from attractors.dynamics.k_winners import KWinners
from attractors.dynamics.linear import Linear
from attractors.dynamics.rate import RESPONSES, Rate
from attractors.dynamics.separation import Exponential, Power, Softmax, Sparsemax
from attractors.dynamics.sign import Sign
from attractors.dynamics.threshold import Threshold

__all__ = [
    "DYNAMICS",
    "FATIGUE",
    "ORDERS",
    "RESPONSES",
    "Adaptation",
    "Alphabet",
    "Blocks",
    "Depression",
    "Dynamics",
    "Exponential",
    "KWinners",
    "Linear",
    "Order",
    "Power",
    "Rate",
    "Sign",
    "Softmax",
    "Sparsemax",
    "Threshold",
]

# what a dynamics may be declared with
FATIGUE: dict[str, type] = {"Adaptation": Adaptation, "Depression": Depression}

DYNAMICS: dict[str, type[Dynamics]] = {
    "Sign": Sign,
    "Threshold": Threshold,
    "KWinners": KWinners,
    "Blocks": Blocks,
    "Rate": Rate,
    "Linear": Linear,
    "Softmax": Softmax,
    "Power": Power,
    "Exponential": Exponential,
    "Sparsemax": Sparsemax,
}
