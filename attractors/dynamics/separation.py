"""Hidden units of dense memories: graded answers that single out the best matching pattern.

The field of a hidden unit is the inner product of its stored pattern with the visible state.
All of them update once a step and may stand on their own, as a network, or as the separation
function of a dual form; :func:`attractors.synapses.separate` holds the numerics of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.dynamics.base import Alphabet, Dynamics


@dataclass(frozen=True)
class Softmax(Dynamics):
    r"""Hidden units that share an activity of 1: :math:`s_μ = e^{β h_μ} / \sum_ν e^{β h_ν}`.

    Parameters
    ----------
    beta : float
        β, per unit of field; the larger, the nearer to one winner.

    References
    ----------
    Ramsauer et al. (2021), "Hopfield networks is all you need", ICLR, arXiv:2008.02217.

    Examples
    --------
    >>> Softmax(beta=8.0).graded
    True
    """

    beta: float = 1.0
    values: ClassVar[Alphabet] = "01"
    graded: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.real("Softmax", "beta", self.beta, low=0.0, open=True)


@dataclass(frozen=True)
class Power(Dynamics):
    r"""Hidden units that answer :math:`s_μ = \max(h_μ, 0)^{n-1}`.

    n is the exponent of the energy :math:`E = -\sum_μ F(h_μ)`, :math:`F(h) = h^n` for
    :math:`h > 0`, whose derivative but for the factor n they answer. n = 2 are rectified linear
    units; capacity grows as :math:`N^{n-1}`.

    Parameters
    ----------
    n : float
        Exponent of the energy, above 1; the answers have the exponent n − 1.

    References
    ----------
    Krotov & Hopfield (2016), NIPS 29:1172, arXiv:1606.01164; their update by differences of
    energies has no form as two networks, this is the one by its derivative.

    Examples
    --------
    >>> Power(n=3).values
    '01'
    """

    n: float = 3.0
    values: ClassVar[Alphabet] = "01"
    graded: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.real("Power", "n", self.n, low=1.0, open=True)


@dataclass(frozen=True)
class Exponential(Dynamics):
    r"""Hidden units that answer :math:`s_μ = e^{h_μ - \max_ν h_ν}`.

    The energy is :math:`E = -\sum_μ e^{h_μ}`. Subtracting the largest field of the state divides
    all answers by one positive number, so that the best unit is at 1: the signs of what they
    drive stay as they were, and no field is too large for floating-point numbers.

    References
    ----------
    Demircigil et al. (2017), J. Stat. Phys. 168:288, doi:10.1007/s10955-017-1806-y.
    """

    values: ClassVar[Alphabet] = "01"
    graded: ClassVar[bool] = True


@dataclass(frozen=True)
class Sparsemax(Dynamics):
    r"""Hidden units that answer the point of the simplex nearest to their fields.

    :math:`s = \arg\min_p |p - h|^2` over :math:`p_μ ≥ 0, \sum_μ p_μ = 1`, that is
    :math:`s_μ = \max(h_μ - τ, 0)`: like a softmax they share an activity of 1, but units that
    lag behind the best by 1 or more are exactly silent.

    References
    ----------
    Martins & Astudillo (2016), ICML, arXiv:1602.02068; as a memory Hu et al. (2023),
    arXiv:2309.12673.
    """

    values: ClassVar[Alphabet] = "01"
    graded: ClassVar[bool] = True
