"""Published numbers measured again: those of the models, and a table of others."""

from attractors.verify.claims import Stated, stated, uncovered
from attractors.verify.row import Row, parameters, row, rows

__all__ = ["Row", "Stated", "parameters", "row", "rows", "stated", "uncovered"]
