"""Working memory of five objects in persistent spiking activity.

800 pyramidal cells, five pools of 80 of which stand for one object each, and 200 interneurons,
all connected to all through AMPA, NMDA and GABA conductances; synapses within a pool are 2.1
times as strong. A cue of 0.5 s leaves its pool active; a weak second stimulus in the delay is
resisted, a strong one takes over. `attractors run` shows the cue alone, before a weak and before
a strong second stimulus.

Parameters are those of the paper's section 2 as Brian2's example Brunel_Wang_2001 gives them.
Taken otherwise: delays of 0.5 ms as in Wang (2002), where the example has none; stimuli of
0.5 s, the cue 200 Hz of further input spikes to each cell of a pool. Where the source of a claim
says so, the paper itself could not be read, and its number is the one that is usually quoted.

Spontaneous rates come out below the 3 and 9 Hz that are quoted. So they do in a script by hand in
plain Brian2 with the exact equations of NMDA receptors: 2.14 ± 0.04 and 7.81 ± 0.06 Hz (standard
errors over 45 runs). It is the parameters as handed down, not the engine. Persistent rates are
lower than the script's 28.2 ± 0.4 Hz, since receptors that open at once open 1 to 2 % less and
the script lets cells excite themselves; with both made up for the two agree.
"""

from __future__ import annotations

from functools import cache, partial

import numpy as np
import xarray
from numpy.typing import NDArray

import attractors as at
from attractors.spike_trains import SpikeTrains, binned_rates

REFERENCE = "Brunel & Wang (2001), J Comput Neurosci 11:63, doi:10.1023/A:1011204814320"
ENGINES = ("spiking",)

EXCITATORY, INHIBITORY = 800, 200
POOLS, SHARE, STRONGER = 5, 0.1, 2.1
BACKGROUND = 2400.0  # Hz: 800 synapses at 3 Hz
CUE = 200.0  # Hz of further input
WEAK, STRONG = 50.0, 400.0  # Hz, second stimuli
# ms
DURATION, FIRST, SECOND = 4000.0, (1000.0, 1500.0), (2500.0, 3000.0)
BEFORE, DELAY, LATE = (300.0, 1000.0), (1800.0, 2500.0), (3500.0, 4000.0)
WINDOWS = (BEFORE, FIRST, DELAY, LATE)
REPEATS = 10  # of each of three second stimuli


def build(seed: int = 0, scale: float = 1.0) -> at.Circuit:
    """Return the network; weights are multiples of the peak conductances.

    Parameters
    ----------
    seed : int
        Nothing is drawn; connections are all to all.
    scale : float
        Share of the paper's cells; see :func:`engine`.
    """
    cells, inhibitory = round(EXCITATORY * scale), round(INHIBITORY * scale)
    chosen = pools(cells)
    networks = (
        at.AttractorNetwork("E", cells, at.Threshold(0.5), at.Fixed(weights(chosen))),
        at.AttractorNetwork("I", inhibitory, at.Threshold(0.5)),
    )
    edges = (
        at.Association("E", "I", _equal(inhibitory, cells)),
        at.Diversion("I", "E", _equal(cells, inhibitory)),
        at.Diversion("I", "I", _equal(inhibitory, inhibitory)),
    )
    circuit = at.Circuit(at.Architecture(networks, edges))
    circuit.store(E=chosen)
    return circuit


def engine(
    name: str = "spiking", scale: float = 1.0, target: str = "cpp_standalone"
) -> at.SpikingEngine:
    """Return the engine; peak conductances grow as the network shrinks."""
    excitatory = at.Conductance(
        tau_gaba=10.0,
        ampa=0.104 / scale,
        nmda=0.327 / scale,
        gaba=1.25 / scale,
        background=at.Background(BACKGROUND, 2.08),
    )
    inhibitory = at.Conductance(
        capacitance=200.0,
        leak=20.0,
        refractory=1.0,
        tau_gaba=10.0,
        ampa=0.081 / scale,
        nmda=0.258 / scale,
        gaba=0.973 / scale,
        background=at.Background(BACKGROUND, 1.62),
    )
    return at.SpikingEngine(
        neurons={"E": excitatory, "I": inhibitory}, scale="physical", axon=0.5, target=target
    )


def trials(circuit: at.Circuit, seed: int = 0) -> list[at.Trial]:
    """Return a cue alone, before a weak and before a strong second stimulus."""
    return [trial(circuit, strength) for strength in (0.0, WEAK, STRONG)]


def trial(circuit: at.Circuit, second: float) -> at.Trial:
    """Return a cue to the first pool and in its delay a stimulus to the second, in Hz."""
    chosen = circuit.patterns("E")
    shown = [at.Cue("E", chosen[0], *FIRST, strength=CUE)]
    if second:
        shown.append(at.Cue("E", chosen[1], *SECOND, strength=second))
    return at.Trial(DURATION, shown)


def pools(cells: int) -> NDArray[np.int8]:
    """Return the cells of each pool, (5, cells)."""
    size = round(SHARE * cells)
    return np.asarray(np.arange(cells) // size == np.arange(POOLS)[:, None], np.int8)


def weights(chosen: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return 2.1 within a pool and less from elsewhere, so that the mean is 1."""
    selective = chosen.sum(axis=0)[:, None] > 0
    weaker = 1 - SHARE * (STRONGER - 1) / (1 - SHARE)
    same = np.asarray(chosen.T @ chosen > 0)
    return np.where(same, STRONGER, np.where(selective, weaker, 1.0))


def _equal(post: int, pre: int) -> at.Fixed:
    return at.Fixed(np.ones((post, pre)))


@cache
def outcomes(seed: int, repeats: int = REPEATS) -> xarray.Dataset:
    """Return :func:`rates` of many trials, each with initial potentials and noise of its own."""
    circuit, strengths = build(seed), (0.0, WEAK, STRONG) * repeats
    batch = [trial(circuit, second) for second in strengths]
    recording = at.simulate(circuit, batch, engine(), seed=seed, record="spikes")
    return rates(recording, circuit).assign(second=("trial", list(strengths)))


def rates(recording: at.Recording, circuit: at.Circuit) -> xarray.Dataset:
    """Return what the claims are about by trial, in Hz.

    ``persistent`` is the rate of the cued pool in the delay before the second stimulus and
    ``others`` that of the other pools; ``active`` is the pool that is active at the end, -1 for
    none.
    """
    chosen = circuit.patterns("E")
    nodes = circuit.architecture.nodes
    cells, others = (
        SpikeTrains.from_recording(recording, name, nodes[name].units) for name in ("E", "I")
    )
    pool, every = (
        {window: binned_rates(trains.between(*window), by=by).values[:, 0] for window in WINDOWS}
        for trains, by in ((cells, chosen), (others, "population"))
    )
    found = {
        "spontaneous": pool[BEFORE].mean(axis=1),
        "cued": pool[FIRST][:, 0],
        "persistent": pool[DELAY][:, 0],
        "others": pool[DELAY][:, 1:].mean(axis=1),
        "interneurons": every[BEFORE],
        "interneurons_in_delay": every[DELAY],
        "active": [active(row) for row in pool[LATE]],
    }
    return xarray.Dataset({name: ("trial", values) for name, values in found.items()})


def active(rates: NDArray[np.float64]) -> int:
    """Return which of five pools fires thrice what most do and 10 Hz at least, -1 for none."""
    return int(rates.argmax()) if rates.max() > max(10.0, 3 * np.median(rates)) else -1


def mean(seed: int, name: str) -> at.Measured:
    """Measure a rate before the second stimulus, in all trials."""
    return at.Measured.mean(outcomes(seed)[name].values.tolist())


def share(seed: int, second: float, pool: int) -> at.Measured:
    """Measure in which share of trials a pool is active after a second stimulus."""
    found = outcomes(seed)
    last = found.active.values[found.second.values == second]
    return at.Measured.share(int((last == pool).sum()), len(last))


_QUOTED = "Brunel & Wang (2001), as usually quoted; the paper could not be read"

CLAIMS = tuple(
    at.Claim(statement, published, tolerance, f"{_QUOTED}, {how}", measure, slow=True)
    for statement, published, tolerance, how, measure in (
        (
            "spontaneous rate of selective pyramidal cells (Hz)",
            3.0,
            0.5,
            "about 3 Hz",
            partial(mean, name="spontaneous"),
        ),
        (
            "spontaneous rate of interneurons (Hz)",
            9.0,
            0.5,
            "about 9 Hz",
            partial(mean, name="interneurons"),
        ),
        (
            "persistent rate of the cued pool in the delay (Hz)",
            25.0,
            5.0,
            "20 to 30 Hz",
            partial(mean, name="persistent"),
        ),
        (
            "share of trials in which the memory outlasts a distractor of a quarter of the cue",
            1.0,
            0.1,
            "it resists weak distractors; 1 stands for that",
            partial(share, second=WEAK, pool=0),
        ),
        (
            "share of trials in which a stimulus of twice the cue takes the memory over",
            1.0,
            0.1,
            "strong ones switch it; 1 stands for that",
            partial(share, second=STRONG, pool=1),
        ),
    )
)
