"""Graded units whose state is their field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors.dynamics.base import Alphabet, Dynamics


@dataclass(frozen=True)
class Linear(Dynamics):
    r"""Graded units that take over their field, once a step: :math:`s_j = h_j`.

    Visible units of continuous modern Hopfield networks, whose hidden units are
    :class:`Softmax`, and the identity separation, for which a dual form equals a weight matrix.
    They store patterns of real numbers. A vetoed unit is 0.

    References
    ----------
    Ramsauer et al. (2021), "Hopfield networks is all you need", ICLR, arXiv:2008.02217.

    Examples
    --------
    >>> Linear().values
    'real'
    """

    values: ClassVar[Alphabet] = "real"
    graded: ClassVar[bool] = True
