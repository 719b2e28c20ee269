r"""Phase diagram of the ±1 Hopfield network: which state is the global minimum at (α, T).

A state of :mod:`attractors.theory.hopfield` has the free energy a unit

.. math:: f = \frac{α + m^2}{2} + \frac{αT}{2}\left[\ln(1-C) - \frac{q/T}{1-C}\right]
          + \frac{αrC}{2} - T \langle \ln 2\cosh β(m + sz) \rangle.

Retrieval exists below α_c(T) and is the global minimum where its f lies below that of the spin
glass, the state with m = 0 and q > 0, which freezes at :math:`T_g = 1 + \sqrt α`. Valid as the
equations of the states are, replica symmetry included.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike
from scipy import optimize

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.averages import averages
from attractors.theory.hopfield import (
    HopfieldState,
    frozen,
    hopfield_capacity,
    hopfield_state,
    most_noise,
    retrieval,
    state_at,
    thermal,
    thermal_load,
)

# temperature up to which the transition is solved for
_HOTTEST = 1.0 - 3e-5

_LINES = {
    "capacity": "largest load with a retrieval state",
    "transition": "largest load at which retrieval is the global minimum",
    "glass": "smallest load of the spin glass",
}


def hopfield_glass_temperature(load: float) -> float:
    r"""Return :math:`T_g = 1 + \sqrt α`, below which the network without overlap is frozen.

    Examples
    --------
    >>> round(hopfield_glass_temperature(0.09), 12)
    1.3
    """
    load = checks.real("hopfield_glass_temperature", "load", load, low=0.0)
    return 1.0 + float(np.sqrt(load))


def hopfield_transition_load(temperature: float = 0.0) -> float:
    """Return the largest load at which retrieval is the global minimum of the free energy.

    Parameters
    ----------
    temperature : float
        T, at least 0; from T = 1 on there is no such load and the result is 0.

    References
    ----------
    Amit, Gutfreund & Sompolinsky (1987), Ann. Phys. 173:30, doi:10.1016/0003-4916(87)90092-3.

    Examples
    --------
    >>> round(hopfield_transition_load(), 5)
    0.05185
    """
    temperature = checks.real("hopfield_transition_load", "temperature", temperature, low=0.0)
    if temperature > _HOTTEST:
        # the line ends at T = 1 as a parabola; so near to it states differ by less than rounding
        share = max(1.0 - temperature, 0.0) / (1.0 - _HOTTEST)
        return _transition(_HOTTEST) * share**2
    return _transition(temperature)


def hopfield_transition_temperature(load: float) -> float:
    """Return T_c, below which retrieval is the global minimum; 0 where it never is.

    Parameters
    ----------
    load : float
        α = P/N, above 0.

    Examples
    --------
    >>> round(hopfield_transition_temperature(0.01), 3)
    0.722
    """
    load = checks.real("hopfield_transition_temperature", "load", load, low=0.0, open=True)
    # replica symmetry lets the line bend back below T = 0.1: the upper temperature is meant
    low = 0.0 if load <= _transition(0.0) else _widest()
    if load > _transition(low):
        return 0.0

    def excess(temperature: float) -> float:
        # near T = 1 the line is straight in the root of the load
        return math.sqrt(hopfield_transition_load(temperature)) - math.sqrt(load)

    return float(optimize.brentq(excess, low, 1.0, xtol=1e-12))


def hopfield_phases(loads: ArrayLike, temperatures: ArrayLike) -> xr.Dataset:
    """Return the phase diagram on a grid of loads and temperatures.

    Parameters
    ----------
    loads : (n,) array_like
        α = P/N, above 0.
    temperatures : (k,) array_like
        T, at least 0.

    Returns
    -------
    xarray.Dataset
        Over load and temperature: ``phase`` ("retrieval", "metastable" retrieval, "glass",
        "paramagnet"), the retrieval state's ``overlap``, ``order``, ``noise`` (NaN without one);
        the global minimum's ``free_energy`` and whether it is ``symmetric`` in replicas.
        Over temperature: the lines ``capacity``, ``transition``, ``glass``.

    Raises
    ------
    ParameterError
        If a load or temperature is out of range, or there is none.

    Examples
    --------
    >>> hopfield_phases([0.03, 0.1], [0.2]).phase.values[:, 0].tolist()
    ['retrieval', 'metastable']
    """
    owner = "hopfield_phases"
    alphas = [checks.real(owner, "load", a, low=0.0, open=True) for a in np.ravel(loads)]
    heats = [checks.real(owner, "temperature", t, low=0.0) for t in np.ravel(temperatures)]
    if not alphas or not heats:
        raise ParameterError(
            f"{owner}: there are {len(alphas)} loads and {len(heats)} temperatures; give at least "
            "one of each."
        )
    cells = [_cell(alpha, heat) for alpha in alphas for heat in heats]
    grid = {
        name: (("load", "temperature"), np.reshape(column, (len(alphas), len(heats))))
        for name, column in zip(_NAMES, zip(*cells, strict=True), strict=True)
    }
    columns = [
        [hopfield_capacity(temperature=heat) for heat in heats],
        [hopfield_transition_load(heat) for heat in heats],
        [max(heat - 1.0, 0.0) ** 2 for heat in heats],
    ]
    lines = {
        name: ("temperature", column, {"long_name": text})
        for (name, text), column in zip(_LINES.items(), columns, strict=True)
    }
    return xr.Dataset({**grid, **lines}, {"load": alphas, "temperature": heats})


_NAMES = ("phase", "overlap", "order", "noise", "symmetric", "free_energy")


def _cell(load: float, temperature: float) -> tuple[str, float, float, float, bool, float]:
    other = without_overlap(load, temperature)
    found = hopfield_state(load, temperature)
    if found is None:
        phase = "glass" if other.order > 0.0 else "paramagnet"
        return phase, np.nan, np.nan, np.nan, other.symmetric, other.free_energy
    best = min(found, other, key=lambda state: state.free_energy)
    phase = "retrieval" if best is found else "metastable"
    return phase, found.overlap, found.order, found.noise, best.symmetric, best.free_energy


def without_overlap(load: float, temperature: float) -> HopfieldState:
    """Return the state with m = 0: the spin glass, above T_g the paramagnet."""
    if temperature == 0.0:
        return frozen(load, 0.0, float(np.sqrt(load) + np.sqrt(2.0 / np.pi)))
    if temperature >= 1.0 + np.sqrt(load):
        return thermal(load, temperature, 0.0, 0.0)

    def excess(noise: float) -> float:
        return thermal_load(temperature, averages(0.0, noise), noise) - load

    least = most_noise(temperature) if temperature < 1.0 else 1e-9
    most = (np.sqrt(load) + 1.0) / temperature
    return thermal(load, temperature, 0.0, float(optimize.brentq(excess, least, most)))


@lru_cache(maxsize=1024)
def _transition(temperature: float) -> float:
    """Return the load at which retrieval and spin glass have one free energy, T < 1."""
    branch = retrieval(temperature)

    def gap(point: float) -> float:
        load = branch.load(point)
        found = state_at(load, temperature, point)
        return found.free_energy - without_overlap(load, temperature).free_energy

    # without load retrieval is lower, by the whole energy of the pattern
    pure = branch.high if temperature == 0.0 else 1.0 - 1e-4
    return branch.load(float(optimize.brentq(gap, branch.critical, pure)))


@lru_cache(maxsize=1)
def _widest() -> float:
    """Return the temperature at which the transition reaches its largest load."""
    found = optimize.minimize_scalar(
        lambda t: -_transition(t), bounds=(0.01, 0.3), method="bounded", options={"xatol": 1e-6}
    )
    return float(found.x)
