"""How a broken law is reported, and when two arrays count as equal."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def require(holds: bool, message: str) -> None:
    """Raise AssertionError with the message unless the law holds."""
    # no assert statement: it would fall silent under python -O
    if not holds:
        raise AssertionError(f"{message}.")


def close(found: NDArray[Any], wanted: NDArray[Any]) -> bool:
    """Tell whether arrays are equal but for rounding in single precision."""
    scale = max(float(np.abs(wanted).max(initial=0.0)), 1e-30)
    return found.shape == wanted.shape and bool(np.abs(found - wanted).max() <= 1e-5 * scale)
