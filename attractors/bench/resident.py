"""Memory that a spiking network takes, in a process of its own: ``python -m`` this module."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil

from attractors.bench.balanced import Balanced
from attractors.bench.learning import Learning

# of a program that stands alone, which Brian2 names so
PROGRAM, PAUSE = "main", 0.005
MILLISECONDS = 20.0


def resident(make: str, kind: str, target: str, units: int, inputs: int, runs: int = 1) -> float:
    """Return the bytes a synapse that a network adds to a process that has run a small one.

    Those of a program of its own are added, at their most. Declared matrices are not counted.

    Parameters
    ----------
    make : {"built", "written"}
        By the engine or by hand.
    kind : {"alike", "drawn", "plastic"}
        Whether weights are all one, differ, or learn.
    target : str
        What Brian2 runs on.
    units, inputs : int
        Size of the network.
    runs : int
        How often it runs; for a second run the state is kept that the first begins from.
    """
    arguments = [make, kind, target, str(units), str(inputs), str(runs)]
    command = [sys.executable, "-m", "attractors.bench.resident", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def network(kind: str, units: int, inputs: int) -> Balanced | Learning:
    """Return a declaration of a kind."""
    if kind == "plastic":
        return Learning.random(units, inputs)
    return Balanced.random(units, inputs, drawn=kind == "drawn")


def main(make: str, kind: str, target: str, units: str, inputs: str, runs: str = "1") -> None:
    """Measure and print."""
    from attractors.bench import sides
    from attractors.engines.spiking.freeing import give_back
    from attractors.engines.spiking.state import isolated

    held = psutil.Process().memory_full_info
    with isolated("numpy"):
        getattr(sides, make)(network(kind, 20, 5), "numpy", 10.0, True)(0)
    with isolated(target):
        large: Any = network(kind, int(units), int(inputs))
        for link in large.circuit.links:
            # what the user has declared is made on first use
            link.synapses.triples()
        gc.collect()
        give_back()
        before = held().uss
        with _watched() as programs:
            # held by its name: it goes with its last reference
            run = getattr(sides, make)(large, target, MILLISECONDS, runs == "1")
            for seed in range(int(runs)):
                run(seed)
            gc.collect()
            ours = held().uss - before
        program = max(programs, default=0)
        print(ours / large.synapses, program / large.synapses, (ours + program) / large.synapses)


@contextmanager
def _watched() -> Iterator[list[int]]:
    """Yield the list of what programs of this process held, in bytes, until the block ends."""
    found: list[int] = []
    ended = threading.Event()

    def watch() -> None:
        me = psutil.Process()
        while not ended.is_set():
            for child in me.children():
                # it may end meanwhile
                try:
                    found.extend([child.memory_info().rss] if child.name() == PROGRAM else [])
                except psutil.Error:
                    continue
            time.sleep(PAUSE)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        ended.set()
        watcher.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
