"""One update of each dynamics: from field and state to the new state."""

from attractors.engines.rate.updates import comparing, graded, winning
from attractors.engines.rate.updates.base import Updated, update
from attractors.synapses.separation import ROUNDING, TIE_DECIMALS

__all__ = ["ROUNDING", "TIE_DECIMALS", "Updated", "comparing", "graded", "update", "winning"]
