"""What a learning rule is: how synapses come out of patterns."""

from __future__ import annotations

import abc
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from attractors.errors import UnsupportedError
from attractors.rules.counts import Counts

Patterns = NDArray[np.int8]
Weights = NDArray[Any]
Levels: TypeAlias = tuple[float | None, float | None]
# what a rule keeps between lessons: the raw weights alone, or named arrays where it needs more
Held: TypeAlias = Any


class Rule(abc.ABC):
    """Base of all rules; derive a frozen dataclass from it to write one of your own.

    Weights are raw sums, ``[post, pre]``; :meth:`factor` scales them when a circuit is compiled,
    so that at gain 1 a pure source pattern separates the active from the inactive units of the
    target pattern by the difference of their stored values.

    Most rules keep their weights and nothing else: they write :meth:`learn` and :meth:`factor`.
    One that must remember more (a projector, running averages, the number of lessons) returns a
    dict of arrays from :meth:`start`, changes it in :meth:`learn` and makes the weights out of
    it in :meth:`matrix`. One whose weights follow from how often units were active together
    sets ``counted`` and writes :meth:`from_counts`. One that is a sum of outer products writes
    :meth:`outer`, so that a dual form can hold it.

    Attributes
    ----------
    values : {"01", "±1", "any"} or None
        Values of the patterns that the rule can store: ``"any"`` for all, with ends that may
        differ; ``None`` if it stores none.
    signed : bool
        Whether weights may be negative.
    clipped : bool
        Whether weights are 0 or 1, so that one bit a synapse can hold them.
    symmetric : bool
        Whether a recurrent network trained by it has symmetric weights, hence an energy.
    order_free : bool
        Whether storing A then B equals storing B then A and A+B at once.
    sequential : bool
        Whether row p of the patterns leads to row p + 1, so that a stored pattern is left again.
    counted : bool
        Whether the weights are a function of the count table alone.
    random : bool
        Whether learning draws random numbers: relabelling units then keeps the distribution of
        the weights and not the weights.
    claims : bool
        Whether patterns stored at one end alone claim a unit each at the other.
    whole : bool
        Whether weights are whole numbers, so that integers hold them exactly.
    dual : bool
        Whether there is no weight matrix at all: only keys and values hold what it stores.
    """

    values: ClassVar[Literal["01", "±1", "any"] | None]
    signed: ClassVar[bool] = True
    clipped: ClassVar[bool] = False
    symmetric: ClassVar[bool] = True
    order_free: ClassVar[bool] = True
    sequential: ClassVar[bool] = False
    counted: ClassVar[bool] = False
    random: ClassVar[bool] = False
    claims: ClassVar[bool] = False
    whole: ClassVar[bool] = False
    dual: ClassVar[bool] = False
    dtype: ClassVar[type[np.generic]] = np.float32

    def check(self, activity: Levels) -> None:
        """Raise ParameterError if networks of these nominal activities cannot be joined.

        Parameters
        ----------
        activity : (float or None, float or None)
            Nominal activity of target and source.
        """
        return None

    def check_patterns(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Raise PatternError if the rule cannot store these patterns; parameters as in learn."""
        return None

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return what the rule holds before the first lesson.

        Parameters
        ----------
        shape : (int, int)
            Units of target and source.
        name : str
            Qualified name of the network or edge; random rules key their streams by it.
        recurrent : bool
            Whether both ends are one network whose units have no synapse onto themselves. Rules to
            which that matters keep it; the same patterns at both ends do not tell.
        """
        return np.zeros(shape, self.dtype)

    @abc.abstractmethod
    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Return what is held after storing row after row of pattern pairs.

        Parameters
        ----------
        weights : (n_post, n_pre), or dict of arrays
            What :meth:`start` or the lesson before returned; may be changed in place.
        post : (P, n_post) int8
            Patterns of the target.
        pre : (P, n_pre) int8
            Patterns of the source; those of the target in a recurrent memory, and maybe elsewhere.
        activity : (float or None, float or None)
            Nominal activity of target and source, ``None`` where a network prescribes none.
        """

    def matrix(self, held: Held) -> Weights:
        """Return the raw weights (n_post, n_pre) of what is held; not to be changed in place."""
        weights: Weights = held
        return weights

    def bias(self, held: Held) -> NDArray[Any] | None:
        """Return what is added to the raw field of each target unit, (n_post,), if anything."""
        return None

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

    def scale(self, held: Held, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1 where it depends on what is held."""
        return self.factor(units, activity)

    def outer(
        self, post: Patterns, pre: Patterns, activity: Levels
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return values (P, n_post) and keys (P, n_pre) with weights = valuesᵀ keys.

        Raises
        ------
        UnsupportedError
            If the weights are no such sum.
        """
        raise UnsupportedError(
            f"{type(self).__name__} makes no sum of outer products, so there are no keys and "
            "values to hold; use another synapse form."
        )

    def centring(self, activity: Levels) -> tuple[float, float] | None:
        r"""Return the levels :math:`a_j, a_i` if weights are :math:`\sum (x_j-a_j)(x_i-a_i)`.

        With x = 1 for active and 0 for inactive units. Coincidences, which are whole numbers, then
        hold the weights but for terms of rank one. ``None`` for all other rules.
        """
        return None

    def from_counts(self, counts: Counts, activity: Levels) -> Held:
        """Return what would be held after learning what a count table has counted.

        Raises
        ------
        UnsupportedError
            If they do not follow from it.
        """
        raise UnsupportedError(
            f"The weights of {type(self).__name__} do not follow from counts; use "
            "keep='weights', or a rule such as Willshaw(), Covariance() or Hebbian()."
        )
