"""Willshaw's memory in spikes: what it holds, beside rates and counting.

Pairs of sparse patterns switch on the synapses between their active units. A unit of the content
is right to fire if all active units of the cue reach it: its field counts synapses, and its
threshold lies half a synapse below the size of the cue. Recall is one volley in and one volley
out, and its only errors are units that happen to be reached by all. How many is known exactly,
and so are the bits that a synapse holds. Here a memory is full when a tenth as many units of an
answer are wrong as are right; `attractors run` shows 20 recalls of such a one.

The claims put the spiking engine beside that number, and beside the rate engine on the same
circuits. The ten memories of a claim share nothing and lie side by side in one circuit, which is
built once. Noise is normal, in synapses, on the field of every unit.

In the common gamma rhythm a cycle is an update, and spikes cost nothing. What they cost without a
rhythm is measured on the network of Stöckel et al. (2017), doi:10.3389/fncom.2017.00071: single
spikes, with a jitter of 2 ms, onto units with conductances. Its parameters are those of the
authors' benchmark suite (SNABSuite, config/BiNAM.json, for NEST); the results of the paper could
not be read. Here every recall is a trial of its own, and spikes come on a grid of 0.5 ms.
"""

from __future__ import annotations

from functools import cache, partial
from math import comb
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

import attractors as at
from attractors.seeding import stream

REFERENCE = "Willshaw, Buneman & Longuet-Higgins (1969), Nature 222:960, doi:10.1038/222960a0"
ENGINES = ("spiking", "rate")


class Setting(NamedTuple):
    """Units of each end, active ones of a pattern, how many of these are cued, and pairs."""

    units: int
    active: int
    given: int
    pairs: float


# full: a tenth as many units of an answer are wrong as are right
SMALL, HALF, LARGE = Setting(300, 8, 8, 842), Setting(300, 8, 4, 327), Setting(1000, 10, 10, 6698)
# where synapses hold most, in answers with more units wrong than right
CROWDED = Setting(300, 8, 8, 1433)
# the smallest of the benchmark's sizes, with as many pairs as its code would choose
BENCHMARK = Setting(100, 4, 4, 527)
MEMORIES, RECALLS, CYCLE = 10, 20, 10.0
# wrong units of an answer by right ones at which a memory is full, and loads around that
ERROR, AROUND = 0.1, (0.85, 1.0, 1.15)
# ms; initial potentials are forgotten when the volley comes
GRID, VOLLEY, END = 0.5, 60.0, 100.0
# pF, nS, mV and ms; nothing inhibits
UNIT: dict[str, Any] = {
    "capacitance": 200.0,
    "leak": 20.0,
    "rest": -70.0,
    "fire_at": -57.0,
    "reset_to": -80.0,
    "inhibitory": -80.0,
    "refractory": 5.0,
    "tau_ampa": 2.0,
    "ampa": 10.0,
    "nmda": 0.0,
}


class Filled(NamedTuple):
    """A circuit of memories, cues (memories, recalls, N) and what they should recall."""

    circuit: at.Circuit
    setting: Setting
    cues: NDArray[np.int8]
    right: NDArray[np.int8]


def build(seed: int = 0) -> at.Circuit:
    """Return a full memory."""
    return fill(seed, SMALL, memories=1).circuit


def trials(circuit: at.Circuit, seed: int = 0) -> list[at.Trial]:
    """Return 20 trials with a whole cue, answered in every cycle after the first."""
    cues = circuit.patterns("address0")[:RECALLS]
    return at.Trial.batch(10 * CYCLE, {"address0": cues}, mode="clamped")


def engine(name: str) -> at.RateEngine | at.SpikingEngine:
    """Return the engine; for so few cycles Brian2 is quickest without compiling."""
    return at.RateEngine() if name == "rate" else at.SpikingEngine(target="numpy")


def fill(
    seed: int,
    setting: Setting,
    memories: int = MEMORIES,
    recalls: int = RECALLS,
    free: bool = False,
) -> Filled:
    """Return memories that hold random pairs, each its own.

    Parameters
    ----------
    seed : int
        Of the pairs and of what is missing in the cues.
    setting : Setting
        Of each memory.
    memories, recalls : int
        Number of memories, and of pairs that each is asked for.
    free : bool
        Whether units have a threshold of their own, in mV.
    """
    units, active, given, pairs = setting
    dynamics = at.Threshold() if free else at.Threshold(given - 0.5)
    networks, edges, stored = [], [], {}
    for number in range(memories):
        ends = f"address{number}", f"content{number}"
        networks += [at.AttractorNetwork(name, units, dynamics) for name in ends]
        # a gain of k makes the field a count of synapses
        edges.append(at.Association(*ends, at.Willshaw(), gain=active))
        for name in ends:
            draw = stream(seed, name)
            stored[name] = at.patterns.random_sparse(round(pairs), units, active, draw)
    circuit = at.Circuit(at.Architecture(tuple(networks), tuple(edges)))
    circuit.store(**stored)
    cues, right = (
        np.stack([stored[f"{end}{number}"][:recalls] for number in range(memories)])
        for end in ("address", "content")
    )
    if given < active:
        missing, draw = 1.0 - given / active, stream(seed, "missing")
        cues = np.stack([at.patterns.erase(rows, missing, draw) for rows in cues])
    return Filled(circuit, setting, cues, right)


def recall(filled: Filled, name: str, noise: float = 0.0, seed: int = 0) -> NDArray[np.bool_]:
    """Return what the memories answer, (memories, recalls, N); noise is in synapses."""
    numbers = range(len(filled.cues))
    runs = at.Trial.batch(
        2 * CYCLE,
        {f"address{n}": filled.cues[n] for n in numbers},
        stop=CYCLE,
        mode="clamped",
        noise=[at.Noise(f"content{n}", noise) for n in numbers] if noise else (),
    )
    return _answers(at.simulate(filled.circuit, runs, engine(name), seed=seed, record="state"))


def volleys(filled: Filled, jitter: float, noise: float, seed: int) -> NDArray[np.bool_]:
    """Return which units that run freely fire after single spikes, (memories, recalls, N).

    The spikes of a cue have a standard deviation in ms, potentials without input one in mV.
    """
    runs = [
        at.Trial(
            END,
            [
                _volley(f"address{n}", cue, jitter, stream(seed, "jitter", n, number))
                for n, cue in enumerate(filled.cues[:, number])
            ],
        )
        for number in range(filled.cues.shape[1])
    ]
    chosen = free_engine(tuple(filled.circuit.architecture.nodes), noise)
    return _answers(at.simulate(filled.circuit, runs, chosen, seed=seed, record="state"))


def free_engine(networks: tuple[str, ...], noise: float) -> at.SpikingEngine:
    """Return the units of the benchmark behind sources that fire when they are told."""
    unit = at.Conductance(noise=noise, **UNIT)
    source = at.CurrentLIF()
    return at.SpikingEngine(
        step=GRID,
        rate_dt=GRID,
        neurons={name: source if name.startswith("address") else unit for name in networks},
        scale="physical",
        target="numpy",
    )


def _volley(
    network: str, cue: NDArray[np.int8], jitter: float, draw: np.random.Generator
) -> at.Cue:
    """Return the cue in which every active unit fires once."""
    units = np.flatnonzero(cue)
    table = np.zeros((round(END / GRID), len(cue)))
    table[np.rint(draw.normal(VOLLEY, jitter, len(units)) / GRID).astype(int), units] = 1.0
    # so strong that it fires at once, and so short that it does not again
    return at.Cue(network, table, strength=1e4)


def _answers(recording: at.Recording) -> NDArray[np.bool_]:
    """Return which units of the contents are active in the end, (memories, recalls, N)."""
    names = [name for name in recording.networks if name.startswith("content")]
    return np.stack([recording.get("state", name).values[:, -1] > 0 for name in names])


def bits_per_synapse(filled: Filled, answers: NDArray[np.bool_]) -> list[float]:
    """Return what each memory tells about all contents, by synapse that could be there."""
    units, _, _, pairs = filled.setting
    return [
        pairs * at.accounting.outcome(right, answer).bits / units**2
        for right, answer in zip(filled.right, answers, strict=True)
    ]


def errors(setting: Setting, noise: float = 0.0) -> tuple[float, float]:
    """Return the exact probabilities that a wrong unit fires and that a right one does not."""
    units, active, given, pairs = setting

    def reached(synapses: int) -> float:
        return at.theory.willshaw_false_positive(units, active, pairs, synapses)

    if not noise:
        return reached(given), 0.0
    false_alarms = 0.0
    for some in range(given + 1):
        rest = given - some
        # by as many units of the cue and no others
        exactly = sum((-1) ** i * comb(rest, i) * reached(some + i) for i in range(rest + 1))
        false_alarms += comb(given, some) * exactly * stats.norm.sf((rest - 0.5) / noise)
    return float(false_alarms), float(stats.norm.sf(0.5 / noise))


def expected(setting: Setting, noise: float = 0.0) -> float:
    """Return the bits by synapse that the errors leave."""
    activity = setting.active / setting.units
    told = at.theory.transinformation(activity, *errors(setting, noise))
    return setting.pairs * told / setting.units


def capacity(setting: Setting, error: float = ERROR) -> float:
    """Return the number of pairs at which so many units of an answer are wrong by right ones."""
    units, active, _, _ = setting
    wrong = error * active / (units - active)
    return float(
        optimize.brentq(
            lambda pairs: errors(setting._replace(pairs=pairs))[0] - wrong,
            1.0,
            10.0 * (units / active) ** 2,
            rtol=1e-6,
        )
    )


@cache
def answered(
    seed: int, setting: Setting, noise: float, name: str
) -> tuple[Filled, NDArray[np.bool_]]:
    """Return memories and what they answer on an engine."""
    filled = fill(seed, setting)
    return filled, recall(filled, name, noise, seed)


def information(
    seed: int, setting: Setting, noise: float = 0.0, name: str = "spiking"
) -> at.Measured:
    """Measure the bits by synapse."""
    return at.Measured.mean(bits_per_synapse(*answered(seed, setting, noise, name)))


def differing(seed: int, setting: Setting, noise: float) -> at.Measured:
    """Measure the share of answers in which a unit differs between the engines."""
    spiking, rate = (answered(seed, setting, noise, name)[1] for name in ENGINES)
    different = (spiking != rate).any(axis=2)
    return at.Measured.share(int(different.sum()), different.size)


def full_at(seed: int, setting: Setting, name: str = "spiking", recalls: int = 50) -> at.Measured:
    """Measure at how many pairs a memory is full.

    The logarithm of the error is taken to grow in proportion to that of the load.
    """
    loads = [round(capacity(setting) * factor) for factor in AROUND]
    wrong = []
    for load in loads:
        filled = fill(seed, setting._replace(pairs=load), recalls=recalls)
        extra = recall(filled, name) & (filled.right == 0)
        wrong.append(extra.sum(axis=2).mean(axis=1) / setting.active)
    slopes, offsets = np.polyfit(np.log(loads), np.log(wrong), 1)
    return at.Measured.mean(np.exp((np.log(ERROR) - offsets) / slopes).tolist())


def relative(seed: int, jitter: float, noise: float = 0.0, recalls: int = 50) -> at.Measured:
    """Measure the bits of units that run freely by those of the rate engine."""
    free = fill(seed, BENCHMARK, recalls=recalls, free=True)
    found = bits_per_synapse(free, volleys(free, jitter, noise, seed))
    rate = fill(seed, BENCHMARK, recalls=recalls)
    counted = bits_per_synapse(rate, recall(rate, "rate"))
    return at.Measured.mean([a / b for a, b in zip(found, counted, strict=True)])


def completed(seed: int, networks: int = 10) -> at.Measured:
    """Measure how many patterns are completed in spikes, by as many on the rate engine.

    Patterns are associated with themselves; eight winners, ten cycles, and half of the units of a
    pattern are to become the whole one in half of the recalls.
    """

    def critical(number: int, name: str) -> float:
        study = at.studies.capacity(
            *("willshaw", SMALL.units, SMALL.active / SMALL.units),
            erased=0.5,
            steps=10,
            measure="exact",
            patterns=(220, 260, 300, 340),
            trials=2,
            cues=RECALLS,
            seed=1000 * seed + number,
            engine=name,
            progress=False,
        )
        return study.critical_load

    spiking, rate = ([critical(number, name) for number in range(networks)] for name in ENGINES)
    return at.Measured.mean([a / b for a, b in zip(spiking, rate, strict=True)])


_COUNTED = "counted exactly by attractors.theory, after Palm (1980), doi:10.1007/BF00337019"
_SAME = "the rate engine on the same circuits"


def _said(setting: Setting) -> str:
    return f"N = {setting.units}, {setting.given} of {setting.active} active units cued"


def _bits(setting: Setting, noise: float = 0.0, slow: bool = False) -> at.Claim:
    about = f"{setting.pairs} pairs" + (f", noise of {noise:g} synapses" if noise else "")
    return at.Claim(
        f"{_said(setting)}, {about}: bits by synapse",
        published=expected(setting, noise),
        tolerance=0.0,
        source=_COUNTED,
        measure=partial(information, setting=setting, noise=noise),
        slow=slow,
    )


def _full(setting: Setting) -> at.Claim:
    return at.Claim(
        f"{_said(setting)}: pairs at which a tenth as many units are wrong as are right",
        published=capacity(setting),
        tolerance=0.0,
        source=_COUNTED,
        measure=partial(full_at, setting=setting),
        slow=True,
    )


CLAIMS = (
    _bits(SMALL),
    _bits(SMALL, noise=0.5),
    at.Claim(
        "the same: share of answers in which a unit differs from the rate engine's",
        published=0.0,
        tolerance=0.0,
        source=_SAME,
        measure=partial(differing, setting=SMALL, noise=0.5),
    ),
    _bits(HALF),
    _bits(CROWDED),
    _bits(SMALL, noise=0.25, slow=True),
    _bits(SMALL, noise=1.0, slow=True),
    _bits(LARGE, slow=True),
    _full(SMALL),
    _full(HALF),
    at.Claim(
        "N = 300, 8 active units, recurrent, half of them cued: patterns that are completed, by "
        "those on the rate engine",
        published=1.0,
        tolerance=0.0,
        source=_SAME,
        measure=completed,
        slow=True,
    ),
    at.Claim(
        "N = 100, 4 active units, conductances that run freely, volleys without jitter: bits by "
        "those on the rate engine",
        published=1.0,
        tolerance=0.0,
        source="what the code of Stöckel et al. (2017), doi:10.3389/fncom.2017.00071, divides by; "
        "their own results could not be read",
        measure=partial(relative, jitter=0.0),
        slow=True,
    ),
)
