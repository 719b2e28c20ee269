r"""Mean-field theory of the ±1 Hopfield network at any temperature.

Replica-symmetric equations of Amit, Gutfreund & Sompolinsky for the overlap m, the order q and
the noise r, with :math:`s = \sqrt{αr}` and :math:`β = 1/T`:

.. math:: m = \langle \tanh β(m + sz) \rangle, \quad q = \langle \tanh^2 β(m + sz) \rangle, \quad
          r = \frac{q}{(1-C)^2}, \quad C = β(1-q),

averaged over normal z. At T = 0 they become explicit in one unknown y, the signal in units of
the crosstalk's standard deviation (times √2):

.. math:: m = \mathrm{erf}(y), \qquad
          \sqrt{2α} = \frac{\mathrm{erf}(y)}{y} - \frac{2}{\sqrt π} e^{-y^2}.

Valid for N → ∞ at fixed α = P/N with independent patterns of activity ½ and asynchronous
updates; temperatures are in units of the weights' sum, so that memories vanish at T = 1. Replica
symmetry is broken at low T, where it moves α_c by 0.2 % (:attr:`HopfieldState.symmetric` tells).
At finite N there is no cliff: half of the patterns survive at larger loads (0.165 at N = 1000).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy import optimize, special

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.averages import Averages, averages
from attractors.theory.branch import Branch

# erf(y) is 1 in double precision beyond
_LARGEST = 5.8
# shares of the noise that a temperature allows: none of it, and all of it, are singular
_EDGE = 1e-7


class HopfieldState(NamedTuple):
    """Replica-symmetric state: overlap m, order q, noise r, response C and free energy a unit.

    ``symmetric`` says whether the state is stable against the breaking of replica symmetry.
    """

    overlap: float
    order: float
    noise: float
    response: float
    free_energy: float
    symmetric: bool


def hopfield_capacity(overlap: float = 0.0, temperature: float = 0.0) -> float:
    """Return the largest load α = P/N with a retrieval state of at least this overlap.

    Parameters
    ----------
    overlap : float
        Smallest overlap m that counts, 0 to below 1; 0 asks for any retrieval state (α_c).
    temperature : float
        T, at least 0; from T = 1 on the capacity is 0.

    Raises
    ------
    ParameterError
        If a value is out of range.

    References
    ----------
    Amit, Gutfreund & Sompolinsky (1985), PRL 55:1530, doi:10.1103/PhysRevLett.55.1530; (1987),
    Ann. Phys. 173:30, doi:10.1016/0003-4916(87)90092-3.

    Examples
    --------
    >>> round(hopfield_capacity(), 6), round(hopfield_capacity(temperature=0.5), 5)
    (0.137906, 0.05882)
    """
    level = checks.real("hopfield_capacity", "overlap", overlap, low=0.0)
    if level >= 1.0:
        raise ParameterError(f"hopfield_capacity: overlap is {level:g}; it must be below 1.")
    temperature = checks.real("hopfield_capacity", "temperature", temperature, low=0.0)
    return retrieval(temperature).capacity(level) if temperature < 1.0 else 0.0


def hopfield_overlap(load: float, temperature: float = 0.0) -> float:
    """Return the overlap m of the retrieval state at a load, 0 where there is none.

    Parameters
    ----------
    load : float
        α = P/N, above 0.
    temperature : float
        T, at least 0.

    Examples
    --------
    >>> round(hopfield_overlap(0.1), 6), round(hopfield_overlap(0.05, 0.4), 4)
    (0.997999, 0.9662)
    """
    state = hopfield_state(load, temperature)
    return 0.0 if state is None else state.overlap


def hopfield_state(load: float, temperature: float = 0.0) -> HopfieldState | None:
    """Return the retrieval state at a load and temperature, None where there is none.

    Parameters
    ----------
    load : float
        α = P/N, above 0.
    temperature : float
        T, at least 0.

    Examples
    --------
    >>> round(hopfield_state(0.1).noise, 4)
    1.0431
    """
    load = checks.real("hopfield_state", "load", load, low=0.0, open=True)
    temperature = checks.real("hopfield_state", "temperature", temperature, low=0.0)
    if temperature >= 1.0:
        return None
    point = retrieval(temperature).at(load)
    return None if point is None else state_at(load, temperature, point)


def state_at(load: float, temperature: float, point: float) -> HopfieldState:
    """Return the state at a point of the branch :func:`retrieval`, whose load this is."""
    if temperature == 0.0:
        m = float(special.erf(point))
        return frozen(load, m, m / (np.sqrt(2.0) * point))
    noise = (1.0 - point) * most_noise(temperature)
    return thermal(load, temperature, signal_at(noise, temperature), noise)


@lru_cache(maxsize=256)
def retrieval(temperature: float) -> Branch:
    """Return the retrieval states at a temperature below 1.

    At T = 0 the unknown is y; above, it is how far the noise sβ lies below the largest that
    leaves an overlap, as a fraction of that.
    """
    if temperature == 0.0:
        return Branch(_cold_load, lambda y: float(special.erf(y)), 0.05, _LARGEST)
    most = most_noise(temperature)

    def load(share: float) -> float:
        noise = (1.0 - share) * most
        return thermal_load(temperature, averages(signal_at(noise, temperature), noise), noise)

    def overlap(share: float) -> float:
        return temperature * signal_at((1.0 - share) * most, temperature)

    return Branch(load, overlap, _EDGE, 1.0 - _EDGE)


@lru_cache(maxsize=256)
def most_noise(temperature: float) -> float:
    """Return the noise sβ at which C reaches 1 without an overlap, T < 1."""
    return float(
        optimize.brentq(lambda v: averages(0.0, v).sech2 - temperature, 0.0, 1.0 / temperature)
    )


def signal_at(noise: float, temperature: float) -> float:
    """Return the signal βm of the state with this noise."""

    def excess(signal: float) -> float:
        return averages(signal, noise).tanh - temperature * signal

    least, most = 1e-6 / temperature, 1.0 / temperature
    if excess(least) <= 0.0:
        return 0.0
    # near T = 0 the overlap is 1 to the last digit
    return float(optimize.brentq(excess, least, most)) if excess(most) < 0.0 else most


def thermal_load(temperature: float, means: Averages, noise: float) -> float:
    """Return the load at which a state has these averages and this noise sβ."""
    left = 1.0 - means.sech2 / temperature
    return (temperature * noise * left) ** 2 / (1.0 - means.sech2) if left > 0.0 else 0.0


def thermal(load: float, temperature: float, signal: float, noise: float) -> HopfieldState:
    """Return the state of this signal βm and noise sβ at T > 0."""
    means = averages(signal, noise)
    m, q, response = temperature * signal, 1.0 - means.sech2, means.sech2 / temperature
    r = q / (1.0 - response) ** 2
    free = (load + m * m - load * q / (1.0 - response) + load * r * response) / 2.0
    free += load * temperature * np.log1p(-response) / 2.0 - temperature * means.ln_2cosh
    symmetric = load * means.sech4 < (temperature * (1.0 - response)) ** 2
    return HopfieldState(m, q, r, response, float(free), bool(symmetric))


def _cold_load(y: float) -> float:
    root = special.erf(y) / y - 2.0 / np.sqrt(np.pi) * np.exp(-(y**2))
    return float(root**2 / 2.0)


def frozen(load: float, m: float, s: float) -> HopfieldState:
    """Return the state of overlap m and noise s at T = 0, where replica symmetry is broken."""
    density = np.sqrt(2.0 / np.pi) * np.exp(-((m / s) ** 2) / 2.0)
    response = float(density / s)
    r = (1.0 - response) ** -2.0
    size = m * special.erf(m / (np.sqrt(2.0) * s)) + s * density
    free = (load + m * m - load / (1.0 - response) + load * r * response) / 2.0 - size
    return HopfieldState(m, 1.0, float(r), response, float(free), False)
