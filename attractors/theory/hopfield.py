r"""Mean-field theory of the ±1 Hopfield network at zero temperature.

Replica-symmetric equations of Amit, Gutfreund & Sompolinsky in one unknown y, the signal in
units of the crosstalk's standard deviation (times √2):

.. math:: m = \mathrm{erf}(y), \qquad
          \sqrt{2α} = \frac{\mathrm{erf}(y)}{y} - \frac{2}{\sqrt π} e^{-y^2}.

Valid for N → ∞ at fixed α = P/N with independent patterns of activity ½ and asynchronous
updates. At finite N there is no cliff: half of the patterns survive at larger loads
(0.165 at N = 1000).
"""

from __future__ import annotations

import numpy as np
from scipy import optimize, special

from attractors import checks
from attractors.errors import ParameterError

# erf(y) is 1 in double precision beyond
_LARGEST = 5.8


def _load(y: float) -> float:
    """Return the load at which the retrieval state has this y."""
    root = special.erf(y) / y - 2.0 / np.sqrt(np.pi) * np.exp(-(y**2))
    return float(root**2 / 2.0)


def _critical() -> float:
    """Return the y at which the retrieval state is about to vanish."""
    found = optimize.minimize_scalar(
        lambda y: -_load(y), bounds=(0.5, 3.0), method="bounded", options={"xatol": 1e-12}
    )
    return float(found.x)


def hopfield_capacity(overlap: float = 0.0) -> float:
    """Return the largest load α = P/N with a retrieval state of at least this overlap.

    Parameters
    ----------
    overlap : float
        Smallest overlap m that counts, 0 to below 1; 0 asks for any retrieval state (α_c).

    Raises
    ------
    ParameterError
        If the overlap is out of range.

    References
    ----------
    Amit, Gutfreund & Sompolinsky (1985), PRL 55:1530, doi:10.1103/PhysRevLett.55.1530; (1987),
    Ann. Phys. 173:30, doi:10.1016/0003-4916(87)90092-3.

    Examples
    --------
    >>> round(hopfield_capacity(), 6)
    0.137906
    """
    level = checks.real("hopfield_capacity", "overlap", overlap, low=0.0)
    if level >= 1.0:
        raise ParameterError(f"hopfield_capacity: overlap is {level:g}; it must be below 1.")
    return _load(max(_critical(), float(special.erfinv(level))))


def hopfield_overlap(load: float) -> float:
    """Return the overlap m of the retrieval state at a load, 0 where there is none.

    Parameters
    ----------
    load : float
        α = P/N, above 0.

    Examples
    --------
    >>> round(hopfield_overlap(0.1), 6)
    0.997999
    """
    load = checks.real("hopfield_overlap", "load", load, low=0.0, open=True)
    critical = _critical()
    if load > _load(critical):
        return 0.0
    if load < _load(_LARGEST):
        return 1.0
    return float(special.erf(optimize.brentq(lambda y: _load(y) - load, critical, _LARGEST)))
