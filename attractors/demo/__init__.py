"""The demonstration: handwritten digits recalled and diverted on both engines."""

from attractors.demo.demonstration import run

__all__ = ["run"]
