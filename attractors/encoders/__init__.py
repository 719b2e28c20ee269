"""Encoders: from raw input to sparse patterns and back."""

from __future__ import annotations

from attractors.encoders.expansion import Expansion

__all__ = ["Expansion"]
