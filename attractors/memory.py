"""A single memory: arrays in, arrays out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from attractors.architecture import Architecture, AttractorNetwork
from attractors.circuit import Circuit
from attractors.dynamics import Dynamics
from attractors.engines.rate import RateEngine, Settler
from attractors.errors import UnsupportedError
from attractors.patterns import as_patterns, as_sparse_patterns
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
    synapses : str, optional
        Form that holds the weights, e.g. ``"packed"``; by default chosen by rule and size.
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
        self,
        units: int,
        dynamics: Dynamics,
        rule: Rule | None = None,
        *,
        synapses: str | None = None,
        seed: int = 0,
    ) -> None:
        if rule is None:
            rule = Hebbian() if dynamics.values == "±1" else Willshaw()
        self._network = AttractorNetwork("memory", units, dynamics, rule, synapses=synapses)
        self.circuit = Circuit(Architecture((self._network,)))
        self._seed = seed
        self._compiled: tuple[Circuit, int, Settler | None] | None = None

    @property
    def patterns(self) -> Any:
        """The distinct stored patterns, (P, N) int8; a csr_array if some came in sparsely."""
        return self.circuit.patterns("memory")

    def store(self, patterns: ArrayLike) -> None:
        """Store patterns, (P, N) or (N,), dense or scipy.sparse; may be called again and again."""
        self.circuit.store(memory=_rows(patterns))

    def recall(self, cues: ArrayLike, *, steps: int = 50) -> Any:
        """Return the states that cues settle to.

        Parameters
        ----------
        cues : (B, N) or (N,) array_like, or (B, N) scipy.sparse matrix
            Initial states; 0 in a ±1 cue means unknown.
        steps : int
            Updates at most; recall stops earlier when all cues have settled. Of a two-cycle, one
            of its two states is returned; a simulation may end in the other.

        Returns
        -------
        (B, N) or (N,) int8, or (B, N) csr_array of int8
            Final states, sparse if the cues were; those of :class:`~attractors.Rate` units are
            rounded, those of units that store real patterns are (B, N) float64.

        Raises
        ------
        PatternError
            If a cue does not fit.
        UnsupportedError
            If the cues are sparse and the memory needs full states.
        """
        settler = self._settler()
        if sparse.issparse(cues):
            rows = as_sparse_patterns(cues, self._network.units, "recall")
            if settler is None:
                raise UnsupportedError(
                    f"recall: {type(self._network.dynamics).__name__} units here settle in full "
                    "states; give the cues as an array (cues.toarray())."
                )
            return settler.recall_sparse(rows, steps)
        start = as_patterns(_rows(cues), self._network.units, "real", "recall")
        final = settler.recall(start, steps) if settler else self._run(start, steps)
        whole = final if self._network.values == "real" else np.rint(final).astype(np.int8)
        return np.asarray(whole[0] if np.ndim(cues) == 1 else whole)

    def settle(self, cue: NDArray[Any], *, steps: int = 50) -> NDArray[Any]:
        """Return the state that one cue settles to, as fast as the memory goes.

        Parameters
        ----------
        cue : (N,) numpy.ndarray
            Initial state, as in :meth:`recall`.
        steps : int
            Updates at most. Of a two-cycle, one of its two states is returned.

        Returns
        -------
        (N,) float32, or float64 for graded units
            Final state; not rounded.

        Raises
        ------
        PatternError
            If the cue does not fit.
        UnsupportedError
            If the dynamics has a temperature, an order, adaptation or continuous time.

        Examples
        --------
        >>> from attractors import KWinners
        >>> memory = Memory(6, KWinners(3))
        >>> memory.store([1, 1, 1, 0, 0, 0])
        >>> memory.settle(np.array([1, 1, 0, 0, 0, 0]))
        array([1., 1., 1., 0., 0., 0.], dtype=float32)
        """
        settler = self._settler()
        if settler is None:
            raise UnsupportedError(
                f"settle: {type(self._network.dynamics).__name__} units here do not settle by "
                "their state alone; use recall, which runs the engine."
            )
        if not _plain(cue, self._network.units):
            cue = as_patterns(np.asarray(cue)[None], self._network.units, "real", "settle")[0]
        return settler.settle(cue, steps)

    def _settler(self) -> Settler | None:
        """Return what is compiled of the circuit as it is now, ``None`` where the engine must run.

        It is made anew after every lesson, whoever taught the circuit.
        """
        circuit = self.circuit
        current = self._compiled and self._compiled[:2] == (circuit, circuit.lessons)
        if not current:
            settler = Settler(circuit) if Settler.fits(circuit) else None
            self._compiled = (circuit, circuit.lessons, settler)
        return self._compiled[2] if self._compiled else None

    def _run(self, start: NDArray[Any], steps: int) -> NDArray[Any]:
        """Return the final states (B, N) of trials on the engine."""
        engine = RateEngine(stop_when_settled=True)
        trials = Trial.batch(
            (steps + 1) * engine.step, {"memory": start}, stop=engine.step, mode="clamped"
        )
        recording = engine.compile(self.circuit).run(trials, self._seed, ("state",))
        return np.asarray(recording.get("state", "memory").values[:, -1])


def _plain(cue: Any, units: int) -> bool:
    """Tell in a microsecond or two whether a cue is an array of so many finite numbers."""
    if not isinstance(cue, np.ndarray) or cue.shape != (units,):
        return False
    return cue.dtype.kind in "biu" or (cue.dtype.kind == "f" and bool(np.isfinite(cue).all()))


def _rows(patterns: ArrayLike) -> Any:
    """Return a single pattern as one row; all else as it came, to be checked where it goes."""
    if sparse.issparse(patterns):
        return patterns
    try:
        single = np.ndim(patterns) == 1
    except ValueError:  # ragged
        single = False
    return np.asarray(patterns)[None] if single else patterns
