r"""Mean-field theory of sequences: weights from each pattern to the next, updated in parallel.

The overlap m moves along with the sequence, in noise of variance v (in ±1 networks at T = 0):

.. math:: m_{t+1} = \mathrm{erf}\frac{m_t}{\sqrt{2v_t}}, \qquad
          v_{t+1} = α + C_t^2 v_t, \qquad C_t = \sqrt{\frac{2}{πv_t}} e^{-m_t^2/2v_t}.

Exact for layered networks, where each step has weights of its own; for one network with all
weights, generating functions give the same stationary state, :math:`v = α/(1-C^2)`. Valid for
N → ∞ at fixed α = P/N, independent patterns of activity ½.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.branch import Branch
from attractors.theory.sign_units import LARGEST, overlap, response, sign_state


def sequence_capacity(overlap: float = 0.0) -> float:
    """Return the largest number of patterns a unit in a sequence that is followed.

    Parameters
    ----------
    overlap : float
        Smallest overlap m that counts, 0 to below 1.

    Raises
    ------
    ParameterError
        If the overlap is out of range.

    References
    ----------
    Düring, Coolen & Sherrington (1998), J. Phys. A 31:8607, doi:10.48550/arXiv.cond-mat/9805073;
    Domany, Kinzel & Meir (1989), J. Phys. A 22:2081, doi:10.1088/0305-4470/22/12/013.

    Examples
    --------
    >>> round(sequence_capacity(), 6)
    0.269062
    """
    level = checks.real("sequence_capacity", "overlap", overlap, low=0.0)
    if level >= 1.0:
        raise ParameterError(f"sequence_capacity: overlap is {level:g}; it must be below 1.")
    return _BRANCH.capacity(level)


def sequence_overlap(load: float) -> float:
    """Return the overlap m with which a sequence is followed, 0 if it is lost.

    Parameters
    ----------
    load : float
        α = P/N, above 0.

    Examples
    --------
    >>> round(sequence_overlap(0.2), 6)
    0.966326
    """
    return _BRANCH.overlap_at(checks.real("sequence_overlap", "load", load, low=0.0, open=True))


def sequence_course(load: float, start: float, steps: int) -> NDArray[np.float64]:
    """Return the overlaps with the pattern that is due, from a cue on.

    Parameters
    ----------
    load : float
        α = P/N, above 0.
    start : float
        Overlap of the cue with the first pattern, -1 to 1.
    steps : int
        Number of steps, at least 0.

    Returns
    -------
    (steps + 1,) ndarray

    Examples
    --------
    >>> sequence_course(0.1, 0.4, 4).round(3)
    array([0.4  , 0.794, 0.903, 0.984, 0.998])
    """
    owner = "sequence_course"
    load = checks.real(owner, "load", load, low=0.0, open=True)
    m = checks.real(owner, "start", start, low=-1.0)
    if m > 1.0:
        raise ParameterError(f"{owner}: start is {m:g}; an overlap is at most 1.")
    course, variance = [m], load
    for _ in range(checks.whole(owner, "steps", steps, low=0)):
        y = m / np.sqrt(2.0 * variance)
        m, variance = overlap(y), load + response(y, np.sqrt(variance)) ** 2 * variance
        course.append(m)
    return np.array(course)


def _load(y: float) -> float:
    state = sign_state(y)
    return state.noise**2 * (1.0 - state.response**2)


_BRANCH = Branch(_load, overlap, 0.05, LARGEST)
