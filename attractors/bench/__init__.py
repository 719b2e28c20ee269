"""Speed and memory, measured beside what users run today."""

from attractors.bench.case import Case
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.run import isolated

__all__ = ["Bound", "Case", "Row", "Spread", "isolated"]
