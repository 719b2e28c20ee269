"""The catalogue: published systems as files, with the numbers that their papers state."""

from attractors.catalog.claim import Claim, Measured
from attractors.catalog.model import Model, load, names

__all__ = ["Claim", "Measured", "Model", "load", "names"]
