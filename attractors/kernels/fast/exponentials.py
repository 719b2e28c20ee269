"""Exponentials of similarities, compiled; see :mod:`attractors.kernels.plain.exponentials`.

In single precision e^x is 2^n times a polynomial, which the compiler makes into instructions on
eight numbers; it is right to one part in 10^7. What is below e^-87 counts as that.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

# e^x for |x| up to half of ln 2, from Moshier's Cephes library: x + 1 + x² (p0 x^5 + ... + p5)
P0, P1, P2 = np.float32(1.9875691500e-4), np.float32(1.3981999507e-3), np.float32(8.3334519073e-3)
P3, P4, P5 = np.float32(4.1665795894e-2), np.float32(1.6666665459e-1), np.float32(5.0000001201e-1)
# ln 2 in two parts, the first with few enough digits that its multiples are exact
LN2, LN2_REST = np.float32(0.693359375), np.float32(-2.12194440e-4)
PER_LN2, HALF, ONE = np.float32(1.44269504), np.float32(0.5), np.float32(1.0)
LOWEST = np.float32(-87.0)
BIAS, MANTISSA = np.int32(127), np.int32(23)


def _bits(typing_context: Any, integer: Any) -> Any:
    """Read the bits of an integer of four bytes as a number in single precision."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.int32), generate


_with_bits: Any = intrinsic(_bits)


def exponentials(
    similar: NDArray[Any], beta: float, top: NDArray[Any], total: NDArray[np.float64]
) -> NDArray[Any]:
    """Replace similarities by shifted exponentials and keep sums over all blocks up to date."""
    factor, before = similar.dtype.type(beta), top.copy()
    _raise(similar, top)
    shrunk = np.exp(factor * (before - top))
    total *= shrunk
    (_single if similar.dtype == np.float32 else _double)(similar, factor, top, total)
    return np.asarray(shrunk)


@njit(cache=True, nogil=True)
def _raise(similar: Any, top: Any) -> None:
    for key in range(similar.shape[0]):
        line = similar[key]
        for cue in range(top.shape[0]):
            top[cue] = line[cue] if line[cue] > top[cue] else top[cue]


# a product and a sum may be rounded together
@njit(cache=True, nogil=True, fastmath={"contract"})
def power_of_e(x: Any) -> Any:
    """Return e^x in single precision, for x that is not above 0."""
    x = x if x > LOWEST else LOWEST
    n = np.floor(x * PER_LN2 + HALF)
    r = x - n * LN2 - n * LN2_REST
    series = ((((P0 * r + P1) * r + P2) * r + P3) * r + P4) * r + P5
    # 2^n has n + 127 in its exponent
    return (series * r * r + r + ONE) * _with_bits((np.int32(n) + BIAS) << MANTISSA)


@njit(cache=True, nogil=True, fastmath={"contract"})
def _single(similar: Any, beta: Any, top: Any, total: Any) -> None:
    for key in range(similar.shape[0]):
        line = similar[key]
        for cue in range(top.shape[0]):
            line[cue] = power_of_e(beta * (line[cue] - top[cue]))
        for cue in range(top.shape[0]):
            total[cue] += line[cue]


@njit(cache=True, nogil=True)
def _double(similar: Any, beta: Any, top: Any, total: Any) -> None:
    for key in range(similar.shape[0]):
        line = similar[key]
        for cue in range(top.shape[0]):
            line[cue] = math.exp(beta * (line[cue] - top[cue]))
            total[cue] += line[cue]
