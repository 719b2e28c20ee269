"""Decision between two populations of spiking neurons.

1,600 pyramidal cells, two pools of 240 of which stand for one direction of motion each, and 400
interneurons, all connected to all through AMPA, NMDA and GABA conductances; synapses within a
pool are 1.7 times as strong. Both pools are stimulated for 2 s, one more than the other by the
coherence of the motion, and compete; the winner stays active in a delay of 1 s. `attractors run`
shows coherences of 0, 12.8 and 51.2 %.

Parameters are those of the paper's Experimental Procedures, as Brian2's example Wang_2002, the
original laboratory's xjwanglab/book and NEST's example wang_decision_making agree on them. They
disagree on the spread of the stimulus, which is redrawn every 50 ms: 4 Hz (Brian2, NEST), none or
10 Hz; taken: 4 Hz. The time step is 0.1 ms as in Brian2 and NEST; the paper has 0.02 ms. The
paper itself could not be read: its numbers are quoted as each claim says.
"""

from __future__ import annotations

from functools import cache, partial

import numpy as np
import xarray
from numpy.typing import NDArray
from scipy.optimize import minimize

import attractors as at
from attractors.seeding import stream
from attractors.spike_trains import SpikeTrains, binned_rates

REFERENCE = "Wang (2002), Neuron 36:955, doi:10.1016/S0896-6273(02)01092-9"
ENGINES = ("spiking",)

EXCITATORY, INHIBITORY = 1600, 400
SHARE, STRONGER = 0.15, 1.7
MEAN, SPREAD = 40.0, 4.0  # Hz of further input
STEP, REDRAWN = 10.0, 50.0  # ms
# ms
DURATION, STIMULUS = 3500.0, (500.0, 2500.0)
BEFORE, SHOWN, DELAY = (200.0, 500.0), (2200.0, 2500.0), (3000.0, 3500.0)
WINDOWS = (BEFORE, SHOWN, DELAY)
COHERENCES = (3.2, 6.4, 12.8, 25.6)  # %
REPEATS = 10  # trials of each coherence


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
        ampa=0.05 / scale,
        nmda=0.165 / scale,
        gaba=1.3 / scale,
        background=at.Background(2400.0, 2.1),
    )
    inhibitory = at.Conductance(
        capacitance=200.0,
        leak=20.0,
        refractory=1.0,
        ampa=0.04 / scale,
        nmda=0.13 / scale,
        gaba=1.0 / scale,
        background=at.Background(2400.0, 1.62),
    )
    return at.SpikingEngine(
        neurons={"E": excitatory, "I": inhibitory},
        scale="physical",
        axon=0.5,
        step=STEP,
        target=target,
    )


def trials(circuit: at.Circuit, seed: int = 0) -> list[at.Trial]:
    """Return one trial each of no, weak and strong motion towards the first pool."""
    return [trial(circuit, c, stream(seed, "stimulus", n)) for n, c in enumerate((0.0, 12.8, 51.2))]


def trial(circuit: at.Circuit, coherence: float, draw: np.random.Generator) -> at.Trial:
    """Return a trial with motion of a coherence in % towards the first pool."""
    means = MEAN * np.array([1 + coherence / 100, 1 - coherence / 100])
    bins = round((STIMULUS[1] - STIMULUS[0]) / REDRAWN)
    rates = np.maximum(draw.normal(means, SPREAD, (bins, 2)), 0.0)
    steps = np.repeat(rates @ circuit.patterns("E"), round(REDRAWN / STEP), axis=0)
    return at.Trial(DURATION, [at.Cue("E", steps, *STIMULUS)])


def pools(cells: int) -> NDArray[np.int8]:
    """Return the cells of both pools, (2, cells)."""
    size = round(SHARE * cells)
    return np.asarray(np.arange(cells) // size == np.arange(2)[:, None], np.int8)


def weights(chosen: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return 1.7 within a pool and less from elsewhere, so that the mean is 1."""
    selective = chosen.sum(axis=0)[:, None] > 0
    weaker = 1 - SHARE * (STRONGER - 1) / (1 - SHARE)
    same = np.asarray(chosen.T @ chosen > 0)
    return np.where(same, STRONGER, np.where(selective, weaker, 1.0))


def _equal(post: int, pre: int) -> at.Fixed:
    return at.Fixed(np.ones((post, pre)))


@cache
def outcomes(seed: int, repeats: int = REPEATS) -> xarray.Dataset:
    """Return :func:`rates` of many trials, each with stimulus, potentials and noise of its own."""
    circuit, coherences = build(seed), COHERENCES * repeats
    batch = [trial(circuit, c, stream(seed, "trial", n)) for n, c in enumerate(coherences)]
    recording = at.simulate(circuit, batch, engine(), seed=seed, record="spikes")
    return rates(recording, circuit).assign(coherence=("trial", list(coherences)))


def rates(recording: at.Recording, circuit: at.Circuit) -> xarray.Dataset:
    """Return what the claims are about by trial, in Hz.

    The winner is the pool that fires more in the last 0.5 s; ``right`` is whether that is the
    first, ``decided`` whether it fires more than twice as much and 5 Hz more than the other.
    Rates in the stimulus are those of its last 0.3 s.
    """
    chosen, nodes = circuit.patterns("E"), circuit.architecture.nodes
    cells, others = (
        SpikeTrains.from_recording(recording, name, nodes[name].units) for name in ("E", "I")
    )
    before, shown, delay = (
        binned_rates(cells.between(*window), by=chosen).values[:, 0] for window in WINDOWS
    )
    winner, row = delay.argmax(axis=1), np.arange(len(delay))
    won, lost = delay[row, winner], delay[row, 1 - winner]
    found = {
        "spontaneous": before.mean(axis=1),
        "interneurons": binned_rates(others.between(*BEFORE), by="population").values[:, 0],
        "winner_in_stimulus": shown[row, winner],
        "loser_in_stimulus": shown[row, 1 - winner],
        "winner_in_delay": won,
        "loser_in_delay": lost,
        "right": winner == 0,
        "decided": won > 2 * lost + 5,
    }
    return xarray.Dataset({name: ("trial", values) for name, values in found.items()})


def threshold(coherences: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float]:
    """Return α in % and β of 1 - exp(-(c/α)^β)/2, the likeliest for single trials."""

    def loss(logs: NDArray[np.float64]) -> float:
        alpha, beta = np.exp(logs)
        share = np.clip(1 - 0.5 * np.exp(-((coherences / alpha) ** beta)), 1e-6, 1 - 1e-6)
        return -float(np.log(np.where(right, share, 1 - share)).sum())

    bounds = [(np.log(0.5), np.log(100.0)), (np.log(0.3), np.log(10.0))]
    found = minimize(loss, np.log([9.0, 1.5]), method="Nelder-Mead", bounds=bounds)
    alpha, beta = np.exp(found.x)
    return float(alpha), float(beta)


def mean(seed: int, name: str) -> at.Measured:
    """Measure a rate; of winner and loser in the trials that are decided."""
    found = outcomes(seed)
    kept = found.decided.values | (name in ("spontaneous", "interneurons"))
    return at.Measured.mean(found[name].values[kept].tolist())


def psychometric(seed: int, resamples: int = 200) -> at.Measured:
    """Measure α; the interval is of trials drawn anew with replacement at each coherence."""
    found = outcomes(seed)
    coherences, right = found.coherence.values, found.right.values
    draw, levels = stream(seed, "bootstrap"), np.unique(coherences)
    drawn = []
    for _ in range(resamples):
        picked = [draw.choice(rows, len(rows)) for rows in map(partial(_rows, coherences), levels)]
        index = np.concatenate(picked)
        drawn.append(threshold(coherences[index], right[index])[0])
    alpha = threshold(coherences, right)[0]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return at.Measured(alpha, min(low, alpha), max(high, alpha), len(right))


def _rows(coherences: NDArray[np.float64], level: float) -> NDArray[np.int64]:
    return np.flatnonzero(coherences == level)


_QUOTED = "Wang (2002), as usually quoted; the paper could not be read"
_BY_HAND = (
    "not the paper but this project's script by hand, tests/benchmarks/brian2_scripts/wang_2002.py"
)

CLAIMS = (
    at.Claim(
        "threshold α of the Weibull function, 2 s of motion (% coherence)",
        published=9.2,
        tolerance=0.5,
        source=f"{_QUOTED}: α = 9.2 % with β = 1.5",
        measure=psychometric,
        slow=True,
    ),
    *(
        at.Claim(
            f"{statement} (Hz)",
            published=rate,
            tolerance=tolerance,
            source=f"{_BY_HAND}: {trials} trials, two standard errors",
            measure=partial(mean, name=name),
            slow=True,
        )
        for statement, name, rate, tolerance, trials in (
            ("spontaneous rate of selective cells", "spontaneous", 2.05, 0.08, 53),
            ("winner's rate in the stimulus", "winner_in_stimulus", 28.0, 0.9, 28),
            ("loser's rate in the stimulus", "loser_in_stimulus", 2.05, 0.23, 28),
            ("winner's rate in the delay", "winner_in_delay", 12.7, 1.2, 28),
            ("loser's rate in the delay", "loser_in_delay", 1.53, 0.08, 28),
        )
    ),
)
