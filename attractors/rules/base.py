"""What a learning rule is: how synapses come out of patterns."""

from __future__ import annotations

import abc
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

Patterns = NDArray[np.int8]
Weights = NDArray[Any]


class Rule(abc.ABC):
    """Base of all rules; derive a frozen dataclass from it to write one of your own.

    Weights are raw sums, ``[post, pre]``; :meth:`factor` scales them when a circuit is compiled,
    so that at gain 1 a pure source pattern separates the active from the inactive units of the
    target pattern by the difference of their stored values.

    Attributes
    ----------
    values : {"01", "±1"} or None
        Values of the patterns that the rule can store; ``None`` if it stores none.
    signed : bool
        Whether weights may be negative.
    clipped : bool
        Whether weights are 0 or 1, so that a sparse form can hold them.
    symmetric : bool
        Whether a recurrent network trained by it has symmetric weights, hence an energy.
    order_free : bool
        Whether storing A then B equals storing B then A and A+B at once.
    """

    values: ClassVar[Literal["01", "±1"] | None]
    signed: ClassVar[bool] = True
    clipped: ClassVar[bool] = False
    symmetric: ClassVar[bool] = True
    order_free: ClassVar[bool] = True
    dtype: ClassVar[type[np.generic]] = np.float32

    def check(self, activity: tuple[float | None, float | None]) -> None:
        """Raise ParameterError if networks of these nominal activities cannot be joined.

        Parameters
        ----------
        activity : (float or None, float or None)
            Nominal activity of target and source.
        """
        return None

    @abc.abstractmethod
    def learn(
        self,
        weights: Weights,
        post: Patterns,
        pre: Patterns,
        activity: tuple[float | None, float | None],
    ) -> Weights:
        """Return the weights after storing row after row of pattern pairs.

        Parameters
        ----------
        weights : (n_post, n_pre)
            Raw weights so far; may be changed in place.
        post : (P, n_post) int8
            Patterns of the target.
        pre : (P, n_pre) int8
            Patterns of the source; the same array as ``post`` for a recurrent memory.
        activity : (float or None, float or None)
            Nominal activity of target and source, ``None`` where a network prescribes none.
        """

    @abc.abstractmethod
    def factor(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1.

        Parameters
        ----------
        units : int
            Units of the source.
        activity : float
            Fraction of active units of the source.
        """
