r"""Averages over a normal variable of what a unit does at a temperature.

Each is :math:`\int \frac{dz}{\sqrt{2π}} e^{-z^2/2} f(u + vz)`, with u the signal and v the
deviation of the noise in units of the temperature.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

_NORMAL = np.linspace(-10.0, 10.0, 161)
_NORMAL_WEIGHT = np.exp(-(_NORMAL**2) / 2.0) * (_NORMAL[1] - _NORMAL[0]) / np.sqrt(2.0 * np.pi)
_STEP = np.linspace(-20.0, 20.0, 161)
_SECH2 = np.cosh(_STEP) ** -2.0 * (_STEP[1] - _STEP[0])


class Averages(NamedTuple):
    """Averages over the noise."""

    tanh: float
    sech2: float
    sech4: float
    ln_2cosh: float


def averages(signal: float, noise: float) -> Averages:
    """Return the averages of tanh, sech², sech⁴ and ln 2cosh of ``signal`` + ``noise`` × z.

    Equidistant points converge faster than any power of their distance for functions analytic in
    a strip. For tanh(u + vz) the strip narrows with v: from v = 1 on, tanh is taken as the sign
    smoothed by ½ sech², and the normal average of the sign is known in closed form.
    """
    if noise < 1.0:
        field = signal + noise * _NORMAL
        size = np.abs(field)
        flat = 4.0 * np.exp(-2.0 * size) / (1.0 + np.exp(-2.0 * size)) ** 2
        rows = [np.tanh(field), flat, flat**2, size + np.log1p(np.exp(-2.0 * size))]
        return Averages(*(float(_NORMAL_WEIGHT @ row) for row in rows))
    scaled = (signal - _STEP) / noise
    density = np.exp(-(scaled**2) / 2.0) / np.sqrt(2.0 * np.pi)
    sign = special.erf(scaled / np.sqrt(2.0))
    size = (signal - _STEP) * sign + 2.0 * noise * density
    return Averages(
        float(_SECH2 @ sign) / 2.0,
        float(_SECH2 @ density) / noise,
        float((_SECH2 * np.cosh(_STEP) ** -2.0) @ density) / noise,
        float(_SECH2 @ size) / 2.0,
    )
