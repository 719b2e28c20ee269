"""Inner loops: plain array functions without validation, shared by every engine and encoder."""

from __future__ import annotations

from attractors.kernels.winners import k_winners

__all__ = ["k_winners"]
