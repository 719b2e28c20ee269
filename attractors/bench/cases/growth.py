"""How time and memory of a recall grow with units, patterns and active units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from attractors.bench.case import Case, Size
from attractors.bench.filling import filled
from attractors.bench.growth import exponent, line_through, sizes
from attractors.bench.row import Bound, Row
from attractors.bench.timing import Pace, alone

# cost that grows with k N must not look like N²: nearer to one than to two
LINEAR = Bound(1.5, "most")

# of the units of a cue: a winner must have a synapse from more than half of them
LEAST = 0.6


@dataclass(frozen=True)
class Sweep:
    """Memories of one form along one size.

    Parameters
    ----------
    form : str
        Synapse form.
    along : {"units", "patterns", "k"}
        What grows; the others stay.
    bound : Bound or None
        What the exponent of the time must keep.
    """

    form: str
    along: str
    bound: Bound | None = None

    def size(self, value: int, size: Size) -> dict[str, int]:
        """Return the sizes of one memory of the sweep."""
        fixed = {name: size[f"{self.form} {name}"] for name in ("units", "patterns", "k", "batch")}
        found = {**fixed, self.along: value}
        if self.along == "units":
            # bits are as full at every size, which goes with P k² / N²; lists are as long, which
            # goes with P k² / N; a full matrix costs the same whatever it holds
            power = {"packed": 2, "sparse": 1, "dense": 0}[self.form]
            found["patterns"] = max(round(fixed["patterns"] * (value / fixed["units"]) ** power), 1)
        return found


SWEEPS = (
    Sweep("dense", "units"),
    Sweep("packed", "units", LINEAR),
    Sweep("sparse", "units", LINEAR),
    Sweep("packed", "patterns"),
    Sweep("sparse", "patterns", LINEAR),
    Sweep("packed", "k", LINEAR),
)
SYMBOL = {"units": "N", "patterns": "P", "k": "k"}


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure every sweep: two rows each, time of a recall and bytes of the weights."""
    for sweep in SWEEPS:
        key = f"{sweep.form} {sweep.along}"
        points = sizes(size[f"{key} from"], size[f"{key} to"])
        seconds, held = [], []
        for value in points:
            memory = filled(sweep.size(value, size), sweep.form)
            seconds.append(
                float(np.median(alone(partial(memory.winners, LEAST), pace))) / len(memory.cues)
            )
            held.append(float(memory.synapses.nbytes))
        yield row(sweep, "seconds", points, seconds, sweep.bound)
        yield row(sweep, "bytes", points, held, None)


def row(
    sweep: Sweep, quantity: str, points: list[int], cost: list[float], bound: Bound | None
) -> Row:
    """Return the exponent of one quantity, with the points behind it."""
    symbol = SYMBOL[sweep.along]
    said = {"seconds": "time of a recall", "bytes": "bytes of the weights"}[quantity]
    found = exponent(points, cost)
    return Row(
        f"{sweep.form}: {said} over {symbol} = {points[0]:,} to {points[-1]:,}",
        found,
        f"exponent of {symbol}",
        bound=bound,
        series={
            sweep.along: points,
            quantity: cost,
            "fitted": line_through(points, cost, found.value),
        },
    )


CASE = Case(
    "growth",
    "growth of cost with units, patterns and active units",
    measure,
    full={
        "dense units": 1024,
        "dense patterns": 500,
        "dense k": 32,
        "dense batch": 64,
        "dense units from": 1024,
        "dense units to": 16_384,
        "packed units": 8192,
        "packed patterns": 32_000,
        "packed k": 32,
        "packed batch": 1024,
        "packed units from": 2048,
        "packed units to": 65_536,
        "packed patterns from": 2000,
        "packed patterns to": 64_000,
        "packed k from": 8,
        "packed k to": 128,
        "sparse units": 100_000,
        "sparse patterns": 100_000,
        "sparse k": 20,
        "sparse batch": 1024,
        "sparse units from": 25_000,
        "sparse units to": 800_000,
        "sparse patterns from": 25_000,
        "sparse patterns to": 400_000,
    },
    quick={
        "dense units": 256,
        "dense patterns": 50,
        "dense k": 16,
        "dense batch": 16,
        "dense units from": 256,
        "dense units to": 1024,
        "packed units": 512,
        "packed patterns": 500,
        "packed k": 16,
        "packed batch": 64,
        "packed units from": 512,
        "packed units to": 2048,
        "packed patterns from": 250,
        "packed patterns to": 1000,
        "packed k from": 8,
        "packed k to": 32,
        "sparse units": 2000,
        "sparse patterns": 2000,
        "sparse k": 10,
        "sparse batch": 64,
        "sparse units from": 2000,
        "sparse units to": 8000,
        "sparse patterns from": 1000,
        "sparse patterns to": 4000,
    },
)
