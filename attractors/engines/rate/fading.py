"""Fading traces: what slow synapses remember of the states that their source passed through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.engines.rate.field import Operator

State = NDArray[Any]


class Fading:
    r"""Traces :math:`\bar s` with :math:`τ \dot{\bar s} = s - \bar s` of all edges that fade.

    Parameters
    ----------
    operators : sequence of Operator
        Links, of which those with a ``fade`` have a trace.
    tick : float
        Time in ms between two calls of :meth:`follow`.
    trials : int
        Size of the batch B.

    Attributes
    ----------
    traces : dict of str to (B, n_pre)
        By name of the link; silent before the trial starts.
    """

    def __init__(self, operators: Sequence[Operator], tick: float, trials: int) -> None:
        self._fading = [operator for operator in operators if operator.link.fade > 0]
        self._kept = {op.link.name: np.exp(-tick / op.link.fade) for op in self._fading}
        self.traces: dict[str, State] = {
            op.link.name: np.zeros((trials, op.link.synapses.shape[1])) for op in self._fading
        }

    def follow(self, source_of: Callable[[Operator], State]) -> None:
        """Move every trace by one tick towards what its link would read without it."""
        for operator in self._fading:
            name = operator.link.name
            kept, source = self._kept[name], source_of(operator)
            self.traces[name] = kept * self.traces[name] + (1.0 - kept) * source
