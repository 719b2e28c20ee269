"""Numbers of the presets' tables as Brian2's quantities."""

from __future__ import annotations

from typing import Any

from brian2 import mmolar, ms, mV, nS, pA, pF

UNITS: dict[str, Any] = {
    "ms": ms,
    "mV": mV,
    "nS": nS,
    "pF": pF,
    "pA": pA,
    "mM": mmolar,
    "1/ms": 1 / ms,
    "1/mV": 1 / mV,
    "1": 1.0,
}


def quantity(value: float, unit: str) -> Any:
    """Return a number with a unit of :data:`UNITS`."""
    return value * UNITS[unit]
