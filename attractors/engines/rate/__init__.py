"""The rate/binary engine."""

from attractors.engines.rate.engine import RateEngine, RateSimulation
from attractors.engines.rate.settler import Settler
from attractors.engines.rate.updates import update

__all__ = ["RateEngine", "RateSimulation", "Settler", "update"]
