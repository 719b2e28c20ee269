"""Fading traces: what slow synapses remember of the states that their source passed through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link

State = NDArray[Any]


class Fading:
    r"""Traces :math:`\bar s` with :math:`τ \dot{\bar s} = s - \bar s` of all links that fade.

    Parameters
    ----------
    links : sequence of Link
        Of which those with a ``fade`` have a trace.
    interval_of : callable
        Time in ms between two calls of :meth:`follow` that are due for a link.
    trials : int
        Size of the batch B.

    Attributes
    ----------
    traces : dict of str to (B, n_pre)
        By name of the link; silent before the trial starts.
    """

    def __init__(
        self, links: Sequence[Link], interval_of: Callable[[Link], float], trials: int
    ) -> None:
        self._links = [link for link in links if link.fade > 0]
        self._kept = {k.name: np.exp(-interval_of(k) / k.fade) for k in self._links}
        self.traces: dict[str, State] = {
            link.name: np.zeros((trials, link.synapses.shape[1])) for link in self._links
        }

    def follow(
        self, source_of: Callable[[Link], State], due: Callable[[Link], bool] = lambda link: True
    ) -> None:
        """Move the traces that are due towards what their links would read without them."""
        for link in filter(due, self._links):
            kept, source = self._kept[link.name], source_of(link)
            self.traces[link.name] = kept * self.traces[link.name] + (1.0 - kept) * source
