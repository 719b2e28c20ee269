"""A single memory: arrays in, arrays out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors.architecture import Architecture, AttractorNetwork
from attractors.circuit import Circuit
from attractors.dynamics import Dynamics
from attractors.engines.rate import RateEngine
from attractors.patterns import as_patterns
from attractors.protocol import Trial
from attractors.rules import Hebbian, Rule, Willshaw


class Memory:
    """One associative memory.

    Parameters
    ----------
    units : int
        Number of units N.
    dynamics : Dynamics
        How the units update.
    rule : Rule, optional
        How patterns become synapses; by default ``Hebbian()`` for ±1 and ``Willshaw()`` for
        0/1 units.
    seed : int
        Seed of update order and temperature.

    Examples
    --------
    >>> from attractors import KWinners
    >>> memory = Memory(6, KWinners(3))
    >>> memory.store([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]])
    >>> memory.recall([[1, 1, 0, 0, 0, 0]])
    array([[1, 1, 1, 0, 0, 0]], dtype=int8)
    """

    def __init__(
        self, units: int, dynamics: Dynamics, rule: Rule | None = None, *, seed: int = 0
    ) -> None:
        if rule is None:
            rule = Hebbian() if dynamics.values == "±1" else Willshaw()
        network = AttractorNetwork("memory", units, dynamics, rule)
        self.circuit = Circuit(Architecture((network,)))
        self._seed = seed

    @property
    def patterns(self) -> NDArray[np.int8]:
        """The distinct stored patterns, (P, N) int8."""
        return self.circuit.patterns("memory")

    def store(self, patterns: ArrayLike) -> None:
        """Store patterns, (P, N) or (N,); may be called again and again."""
        self.circuit.store(memory=_rows(patterns))

    def recall(self, cues: ArrayLike, *, steps: int = 50) -> NDArray[np.int8]:
        """Return the states that cues settle to.

        Parameters
        ----------
        cues : (B, N) or (N,) array_like
            Initial states; 0 in a ±1 cue means unknown.
        steps : int
            Updates at most; recall stops earlier when all cues have settled.

        Returns
        -------
        (B, N) or (N,) int8
            Final states; those of :class:`~attractors.Rate` units are rounded.

        Raises
        ------
        PatternError
            If a cue does not fit.
        """
        network = self.circuit.architecture.nodes["memory"]
        start = as_patterns(_rows(cues), network.units, "real", "recall")
        engine = RateEngine(stop_when_settled=True)
        trials = Trial.batch(
            (steps + 1) * engine.step, {"memory": start}, stop=engine.step, mode="clamped"
        )
        recording = engine.compile(self.circuit).run(trials, self._seed, ("state",))
        final = recording.get("state", "memory").values[:, -1]
        whole = np.rint(final).astype(np.int8)
        return np.asarray(whole[0] if np.ndim(cues) == 1 else whole)


def _rows(patterns: ArrayLike) -> Any:
    """Return a single pattern as one row; all else as it came, to be checked where it goes."""
    try:
        single = np.ndim(patterns) == 1
    except ValueError:  # ragged
        single = False
    return np.asarray(patterns)[None] if single else patterns
