"""Sequences: each pattern leads to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.errors import ParameterError, PatternError
from attractors.rules.base import Levels, Patterns, Rule
from attractors.rules.hebbian import Hebbian
from attractors.rules.wrapper import Wrapper


@dataclass(frozen=True)
class Sequence(Wrapper):
    r"""Row p leads to row p + 1: with Hebb's rule :math:`W_{ji} = \sum_p ξ^{p+1}_j ξ^p_i`.

    The wrapped rule learns row p of the source together with row p + 1 of the target, so any
    rule will do: ``Sequence()`` for ±1 networks, ``Sequence(Willshaw())`` for 0/1 networks.

    Each lesson (each call of ``store``) is a sequence of its own, of at least two rows: the last
    row of one does not lead to the first of the next. Storing A then B is therefore not the same
    as storing A+B at once.

    Parameters
    ----------
    rule : Rule
        What stores the transitions; it makes weights.
    cyclic : bool
        The last row leads back to the first.

    Raises
    ------
    ParameterError
        If the rule makes no weights, as :class:`KeyValue` and other dual ones.
    PatternError
        When a lesson with fewer than two rows is stored.

    Notes
    -----
    As the rule of a network, a new pattern comes every step; a parallel network of N ±1 units
    holds 0.269 N transitions. To dwell in each pattern, give the network a symmetric memory and
    add an edge onto itself that is late: ``Association("a", "a", Sequence(), gain=1.5, delay=80)``
    moves it on every 80 ms; an edge with a fading trace, ``fade=τ``, and a gain g somewhat above 1
    after about :math:`-τ \ln(1 - 1/\sqrt g)`. Learning costs what the wrapped rule costs.

    Dual rules need no wrapper, for keys and values are given as they are: let an association, also
    of a network with itself, be ``Association("a", "b", KeyValue(...))`` and train it on the
    transitions, ``circuit.associate("a", "b", x[:-1], x[1:])``.

    References
    ----------
    Sompolinsky & Kanter (1986), PRL 57:2861, doi:10.1103/PhysRevLett.57.2861; capacity: Düring,
    Coolen & Sherrington (1998), J. Phys. A 31:8607, doi:10.1088/0305-4470/31/43/005.

    Examples
    --------
    >>> steps = np.array([[1, -1, -1], [-1, 1, -1], [-1, -1, 1]], dtype=np.int8)
    >>> rule = Sequence(cyclic=True)
    >>> weights = rule.learn(rule.start((3, 3)), steps, steps, (None, None))
    >>> np.sign(weights @ steps[0])
    array([-1.,  1., -1.], dtype=float32)
    """

    rule: Rule = field(default_factory=Hebbian)
    cyclic: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.cyclic, bool):
            raise ParameterError(f"Sequence: cyclic is {self.cyclic!r}; it must be True or False.")
        if self.rule.dual:
            dual = type(self.rule).__name__
            raise ParameterError(
                f"Sequence: {dual} makes no weights to wrap; give an association the rule {dual} "
                'itself and train circuit.associate("a", "b", x[:-1], x[1:]).'
            )
        self.declare(symmetric=False, order_free=False, sequential=True)

    def paired(self, post: Patterns, pre: Patterns) -> tuple[Patterns, Patterns]:
        """Return each row of the source with the next row of the target."""
        return (post[np.r_[1 : post.shape[0], 0]], pre) if self.cyclic else (post[1:], pre[:-1])

    def check_patterns(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Refuse a sequence without a transition, and what the wrapped rule refuses."""
        if post.shape[0] < 2:
            raise PatternError(
                f"Sequence: {post.shape[0]} row has no transition; store all rows of a sequence, "
                "at least two, in one call."
            )
        super().check_patterns(post, pre, activity)

    def outer(
        self, post: Patterns, pre: Patterns, activity: Levels
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the values and keys of the transitions."""
        return self.rule.outer(*self.paired(post, pre), activity)
