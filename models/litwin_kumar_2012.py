"""Slow switching between clusters of excitatory units in a balanced network.

Units that are connected a little more, and more strongly, within clusters than between them take
turns: a cluster is active for hundreds of milliseconds until another one takes over. Nothing is
random but the initial potentials, yet counts vary more from trial to trial than those of a
network without clusters, which has as many synapses. `attractors run` shows three trials of a
clustered network.

The parameters are those of the authors' published code. Its potential has no unit, threshold 1 and
reset 0; here it is in mV. A spike there brings a difference of exponentials of area w to dv/dt;
here it adds J to a current in mV, of area J τ, so that J = w τ_m / τ. One time step, 0.1 ms, is
the delay, where the original has none.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import attractors as at
from attractors.seeding import stream
from attractors.spike_trains import SpikeTrains, binned_rates, spike_counts

REFERENCE = "Litwin-Kumar & Doiron (2012), Nat. Neurosci. 15:1498, doi:10.1038/nn.3220"
ENGINES = ("spiking",)

EXCITATORY, INHIBITORY, CLUSTERS = 4000, 1000, 50
P_EE, P_OTHER = 0.2, 0.5
# within a cluster, connections are more likely, and stronger
RATIO, STRONGER = 2.5, 1.9
# ms
TAU_E, TAU_I, RISE, DECAY_E, DECAY_I = 15.0, 10.0, 1.0, 3.0, 2.0
DELAY, SETTLED, DURATION, WINDOW, BIN = 0.1, 500.0, 2000.0, 100.0, 25.0
# spikes a window below which there is too little to divide by
LEAST = 0.05
# ms; time constants of membranes and currents are at most 15
SLOW = 100.0

Weights = dict[str, NDArray[np.float64]]


def build(seed: int = 0, clustered: bool = True, scale: float = 1.0) -> at.Circuit:
    """Return one network; weights grow as one over the root of its inputs where it is smaller.

    Parameters
    ----------
    seed : int
        Of the connections.
    clustered : bool
        Whether there are clusters; their units are the patterns in any case.
    scale : float
        Share of the paper's 4,000 and 1,000 units.
    """
    units, inhibitory = round(EXCITATORY * scale), round(INHIBITORY * scale)
    w = _weights(units, inhibitory, clustered, scale, seed)
    architecture = at.Architecture(
        [
            at.AttractorNetwork("E", units, at.Threshold(0.5), at.Fixed(w["EE"])),
            at.AttractorNetwork("I", inhibitory, at.Threshold(0.5)),
        ],
        [
            at.Association("E", "I", at.Fixed(w["IE"])),
            at.Diversion("I", "E", at.Fixed(w["EI"])),
            at.Diversion("I", "I", at.Fixed(w["II"])),
        ],
    )
    circuit = at.Circuit(architecture)
    circuit.store(E=np.repeat(np.eye(CLUSTERS, dtype=np.int8), units // CLUSTERS, axis=1))
    return circuit


def trials(circuit: at.Circuit, seed: int = 0) -> list[at.Trial]:
    """Return three trials of two seconds without any input: initial potentials differ."""
    return [at.Trial(DURATION)] * 3


def engine(name: str = "spiking", target: str | None = "cpp_standalone") -> at.SpikingEngine:
    """Return the engine with the units of the paper."""
    common: dict[str, Any] = {
        "rest": 0.0,
        "fire_at": 1.0,
        "reset_to": 0.0,
        "refractory": 5.0,
        "rise": RISE,
    }
    common |= {"tau_e": DECAY_E, "tau_i": DECAY_I}
    return at.SpikingEngine(
        neurons={
            "E": at.CurrentLIF(tau_m=TAU_E, bias=(1.1, 1.2), **common),
            "I": at.CurrentLIF(tau_m=TAU_I, bias=(1.0, 1.05), **common),
        },
        scale="physical",
        axon=DELAY,
        target=target,
    )


def numbers(
    seed: int,
    clustered: bool = True,
    count: int = 8,
    scale: float = 1.0,
    duration: float = DURATION,
    settled: float = SETTLED,
    target: str = "cpp_standalone",
) -> dict[str, float]:
    """Return what one network does over trials: rates in Hz, Fano factor, and its clusters.

    Parameters
    ----------
    seed : int
        Of the network and of its initial potentials.
    clustered : bool
        Whether there are clusters.
    count : int
        Trials.
    scale : float
        Share of the units.
    duration, settled : float
        Length of a trial and what is left out of it at first, in ms.
    target : str
        Of Brian2.
    """
    circuit = build(seed, clustered, scale)
    recording = at.simulate(
        circuit, [at.Trial(duration)] * count, engine(target=target), seed=seed, record=("spikes",)
    )
    late = {n: SpikeTrains.from_recording(recording, n).between(settled, duration) for n in "EI"}
    seconds = count * (duration - settled) / 1000.0
    rates = {n: len(late[n].unit) / late[n].units / seconds for n in "EI"}
    by_cluster = binned_rates(late["E"], width=BIN, by=circuit.patterns("E")).values
    return {
        "rate_e": rates["E"],
        "rate_i": rates["I"],
        "fano": _fano(spike_counts(late["E"], WINDOW).values),
        "cluster_rate_sd": float(by_cluster.std(axis=(1, 2)).mean()),
        "correlation": float(np.mean([_correlation(rows) for rows in by_cluster])),
    }


@cache
def measured(clustered: bool, networks: int, seed: int) -> list[dict[str, float]]:
    """Return the numbers of networks of their own seeds; run once for all claims."""
    return [numbers(seed + n, clustered) for n in range(networks)]


def varied(seed: int, networks: int = 10) -> at.Measured:
    """Measure in how many networks counts vary more than Poisson's, and less without clusters."""
    pairs = zip(measured(True, networks, seed), measured(False, networks, seed), strict=True)
    found = [clustered["fano"] > 1.0 > uniform["fano"] for clustered, uniform in pairs]
    return at.Measured.share(sum(found), networks)


def slow(seed: int, networks: int = 10) -> at.Measured:
    """Measure in how many networks the rates of clusters change slowly, as no uniform one's do."""
    pairs = zip(measured(True, networks, seed), measured(False, networks, seed), strict=True)
    found = [a["correlation"] > SLOW > b["correlation"] for a, b in pairs]
    return at.Measured.share(sum(found), networks)


def _weights(units: int, inhibitory: int, clustered: bool, scale: float, seed: int) -> Weights:
    """Draw all weights J, (post, pre); those of inhibitory units are positive as well.

    The number of connections is what is expected, so that a program serves all networks alike.
    """
    draw = stream(seed, "connections")
    # drive in mV x τ_m of a connected input, over the time constant of its current
    root = np.sqrt(P_EE * EXCITATORY * scale)
    return {
        "EE": _recurrent(draw, units, clustered) * (10.0 / root / DECAY_E),
        "IE": _connected(draw, np.ones((inhibitory, units), bool)) * (4.0 / root / DECAY_E),
        "EI": _connected(draw, np.ones((units, inhibitory), bool)) * (19.2 / root / DECAY_I),
        "II": _connected(draw, ~np.eye(inhibitory, dtype=bool)) * (16.0 / root / DECAY_I),
    }


def _recurrent(draw: np.random.Generator, units: int, clustered: bool) -> NDArray[np.float64]:
    """Draw the connections between excitatory units: 1, or more within a cluster."""
    ratio, stronger = (RATIO, STRONGER) if clustered else (1.0, 1.0)
    cluster = np.arange(units) // (units // CLUSTERS)
    inside = cluster[:, None] == cluster
    outside = ~inside
    np.fill_diagonal(inside, False)
    total = round(P_EE * units * (units - 1))
    within = ratio * np.count_nonzero(inside)
    count = round(total * within / (within + np.count_nonzero(outside)))
    found = np.where(_chosen(draw, inside, count), stronger, 0.0)
    found[_chosen(draw, outside, total - count)] = 1.0
    return found


def _connected(draw: np.random.Generator, pairs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return _chosen(draw, pairs, round(P_OTHER * np.count_nonzero(pairs)))


def _chosen(draw: np.random.Generator, pairs: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Choose a number of pairs at random."""
    found = np.zeros(pairs.shape, bool)
    places = np.flatnonzero(pairs)
    found.flat[places[np.argpartition(draw.random(len(places)), count)[:count]]] = True
    return found


def _fano(counts: NDArray[np.int64]) -> float:
    """Return variance over mean of the counts (trial, window, unit) over trials, all units."""
    variance, mean = counts.var(axis=0, ddof=1).mean(axis=0), counts.mean(axis=(0, 1))
    fires = mean > LEAST
    return float(np.mean(variance[fires] / mean[fires]))


def _correlation(rates: NDArray[np.float64]) -> float:
    """Return the lag in ms at which the autocorrelation of rates (bin, cluster) falls below 1/e."""
    deviation = rates - rates.mean()
    lags = range(min(20, len(rates)))
    found = [float((deviation[: len(rates) - k] * deviation[k:]).mean()) for k in lags]
    below = np.flatnonzero(np.asarray(found) < found[0] / np.e)
    return BIN * float(below[0]) if len(below) else BIN * len(lags)


_READ = "qualitative, as its abstract is quoted; the paper could not be read"
CLAIMS = (
    at.Claim(
        "Fano factor over trials, 100 ms: share of networks above 1, where one of as many "
        "synapses without clusters is below",
        published=1.0,
        tolerance=0.0,
        source=f"Litwin-Kumar & Doiron (2012), {_READ}",
        measure=varied,
        slow=True,
    ),
    at.Claim(
        "share of networks whose clusters keep their rates for more than 100 ms, where groups of "
        "a network without clusters do not",
        published=1.0,
        tolerance=0.0,
        source=f"Litwin-Kumar & Doiron (2012), {_READ}",
        measure=slow,
        slow=True,
    ),
)
