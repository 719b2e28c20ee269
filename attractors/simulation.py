"""Run a circuit on an engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from typing import Protocol

from attractors.circuit import Circuit
from attractors.errors import ParameterError, unknown_name
from attractors.protocol import Trial
from attractors.recorder import DEFAULT
from attractors.recording import Recording

ENGINES = {
    "rate": "attractors.engines.rate:RateEngine",
    "spiking": "attractors.engines.spiking:SpikingEngine",
}


class Simulation(Protocol):
    """A circuit in one engine's form."""

    def run(
        self, trials: Sequence[Trial], seed: int = 0, record: Collection[str] = DEFAULT
    ) -> Recording:
        """Run a batch of trials."""


class Engine(Protocol):
    """What turns a circuit into a simulation."""

    @property
    def name(self) -> str:
        """Name that recordings carry."""

    def compile(self, circuit: Circuit) -> Simulation:
        """Return the circuit in this engine's form."""


def engine_named(name: str) -> Engine:
    """Return an engine with its default options.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    if name not in ENGINES:
        raise unknown_name("engine", name, ENGINES)
    module, _, kind = ENGINES[name].partition(":")
    engine: Engine = getattr(import_module(module), kind)()
    return engine


def simulate(
    circuit: Circuit,
    trials: Trial | Sequence[Trial],
    engine: str | Engine = "rate",
    *,
    seed: int = 0,
    record: Collection[str] = DEFAULT,
) -> Recording:
    """Run trials of a circuit on an engine.

    Parameters
    ----------
    circuit : Circuit
        What runs; it is not changed.
    trials : Trial or sequence of Trial
        Of equal duration; they do not interact.
    engine : str or engine
        ``"rate"`` or ``"spiking"``, or an engine with options of its own, e.g.
        ``RateEngine(stop_when_settled=True)``.
    seed : int
        The same seed gives the same recording.
    record : collection of str
        Of ``"overlap"``, ``"match"``, ``"activity"``, ``"state"``, ``"energy"``, ``"spikes"``.

    Returns
    -------
    Recording
        Labelled arrays, the same shape on every engine.

    Raises
    ------
    UnknownNameError, TrialError, PatternError, UnsupportedError, MemoryLimitError
        If the engine does not exist, a trial does not fit the circuit, the engine cannot do
        what is asked, or the recording would not fit in memory.
    """
    if not isinstance(circuit, Circuit):
        raise ParameterError(
            f"simulate: {type(circuit).__name__} is no Circuit; write Circuit(architecture) first."
        )
    chosen = engine_named(engine) if isinstance(engine, str) else engine
    if not hasattr(chosen, "compile"):
        raise ParameterError(
            f"simulate: engine is {engine!r}; give {' or '.join(map(repr, ENGINES))}, or an engine "
            "object such as RateEngine()."
        )
    if not isinstance(trials, Iterable | Trial):
        raise ParameterError(f"simulate: trials is {trials!r}; give a Trial or a list of them.")
    batch = [trials] if isinstance(trials, Trial) else list(trials)
    quantities = (record,) if isinstance(record, str) else tuple(record)
    return chosen.compile(circuit).run(batch, seed, quantities)
