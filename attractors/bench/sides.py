"""A balanced network on one of Brian2's targets: as the engine builds it, and by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from attractors.bench.balanced import Balanced
from attractors.bench.learning import Learning
from attractors.bench.rivals.brian2_script import SPIKES, learning_script, network, script
from attractors.engines.spiking.free.build import Build
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.session import start
from attractors.protocol import Trial
from attractors.schedule import Schedule

# runs once with the noise of a seed, and returns the number of spikes
Run = Callable[[int], int]
Declared = Balanced | Learning


def built(declared: Declared, target: str, milliseconds: float, once: bool) -> Run:
    """Return what the engine builds of a network within ``isolated(target)``, ready to run."""
    circuit, engine = declared.circuit, declared.engine(target)
    engine.compile(circuit)
    schedule = Schedule([Trial(milliseconds)], circuit.architecture, engine.step, 0)
    build = Build(Plan(engine, circuit, schedule, 1, 0))
    session = start(target, network(build.objects), milliseconds, once)

    def run(seed: int) -> int:
        session.run(build.values(schedule, 0, seed), seed=seed)
        return int(sum(group.monitor.num_spikes for group in build.groups))

    return run


def written(declared: Declared, target: str, milliseconds: float, once: bool) -> Run:
    """Return the same by hand."""
    by_hand = learning_script(declared) if isinstance(declared, Learning) else script(declared)
    session = start(target, by_hand, milliseconds, once)

    def run(seed: int) -> int:
        session.run(seed=seed)
        return int(by_hand[SPIKES].num_spikes)

    return run


@contextmanager
def ready(target: str, milliseconds: float, *makers: tuple[Any, Declared]) -> Iterator[list[Run]]:
    """Yield one function a network that runs it; all have run once, which compiles them.

    Parameters
    ----------
    target : str
        Of all.
    milliseconds : float
        Length of a run.
    *makers : (callable, Balanced or Learning)
        :func:`built` or :func:`written`, and what of.
    """
    with ExitStack() as stack:
        runs: list[Run] = []
        for make, balanced in makers:
            # a standalone device holds one network
            if not runs or target == "cpp_standalone":
                stack.enter_context(isolated(target))
            run = make(balanced, target, milliseconds, False)
            run(0)
            runs.append(run)
        yield runs
