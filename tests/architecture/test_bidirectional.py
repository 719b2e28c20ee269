"""Bidirectional associative memories: recall from either side, energy, and capacity."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import ArchitectureError
from attractors.patterns import flip, random_signs, random_sparse
from attractors.seeding import stream

# Kurchan, Peliti & Saber (1994): overlap at P = 0.1 N, and the critical load
OVERLAP, CRITICAL = 0.9983994, 0.1998015


def stored(units: int, other: int, count: int, seed: int = 0) -> tuple[at.Circuit, dict]:
    """A circuit that has stored random ±1 pairs, and the pairs."""
    ends = [at.AttractorNetwork(*end, at.Sign()) for end in (("x", units), ("y", other))]
    circuit = at.Circuit(at.bam(*ends))
    pairs = {
        name: random_signs(count, size, stream(seed, name))
        for name, size in (("x", units), ("y", other))
    }
    circuit.store(pairs)
    return circuit, pairs


def final(circuit: at.Circuit, cues: dict, steps: int) -> at.Recording:
    trials = at.Trial.batch(10.0 * (steps + 1), cues, stop=10.0, mode="clamped")
    return at.simulate(circuit, trials)


@pytest.mark.parametrize(("cued", "other"), [("x", "y"), ("y", "x")])
def test_either_side_recalls_the_other(cued: str, other: str, rng: np.random.Generator) -> None:
    circuit, pairs = stored(400, 300, 15)
    cues = flip(pairs[cued], 0.2, rng)
    recording = final(circuit, {cued: cues}, 20)
    # load 15 / 300 = 0.05: theory's overlap is 1 - 1e-5
    for name in (cued, other):
        match = recording.final_match(name).diagonal()
        assert match.min() > 0.99, (name, match)


def test_0_1_networks_recall_each_other() -> None:
    ends = [
        at.AttractorNetwork("x", 200, at.KWinners(8)),
        at.AttractorNetwork("y", 150, at.KWinners(6)),
    ]
    circuit = at.Circuit(at.bam(*ends))
    x, y = random_sparse(20, 200, 8, stream(0, "x")), random_sparse(20, 150, 6, stream(0, "y"))
    circuit.store(x=x, y=y)
    trials = at.Trial.batch(100.0, {"x": x}, stop=20.0, mode="clamped")
    assert at.simulate(circuit, trials).final_match("y").diagonal() == pytest.approx(1.0)


def test_a_cue_of_one_step_fills_one_of_the_two_waves() -> None:
    ends = [at.AttractorNetwork(name, 50, at.KWinners(5)) for name in "xy"]
    circuit = at.Circuit(at.bam(*ends))
    x, y = random_sparse(1, 50, 5, stream(0, "x")), random_sparse(1, 50, 5, stream(0, "y"))
    circuit.store(x=x, y=y)
    active = final(circuit, {"x": x}, 5).get("activity", "y").values[0]
    assert (active > 0).tolist() == [False, True] * 3


def test_one_matrix_is_the_other_transposed() -> None:
    circuit, _ = stored(40, 30, 5)
    there, back = (link.synapses.field(np.eye(link.synapses.shape[1])).T for link in circuit.links)
    assert np.array_equal(there, back.T)


def test_energy_never_increases_although_all_units_update_at_once(rng: np.random.Generator) -> None:
    # far above capacity, where the way down is long
    circuit, pairs = stored(120, 90, 60)
    cues = {name: random_signs(20, patterns.shape[1], rng) for name, patterns in pairs.items()}
    trials = at.Trial.batch(400.0, cues, stop=10.0, mode="clamped")
    recording = at.simulate(circuit, trials, record="state")
    x, y = (recording.get("state", name).values.astype(float) for name in ("x", "y"))
    there = next(link for link in circuit.links if link.target == "y")
    field = np.stack([there.synapses.field(states) for states in x])
    energies = [-(field[:, :-1] * y[:, 1:]).sum(axis=2), -(field[:, 1:] * y[:, :-1]).sum(axis=2)]
    # x leads in every second step of one chain and y in the other
    for chain in (0, 1):
        way = np.stack([energies[(t + chain) % 2][:, t] for t in range(39)], axis=1)
        assert (np.diff(way, axis=1) <= 0).all(), np.diff(way, axis=1).max()
        assert (np.diff(way, axis=1) < 0).any(axis=1).all()


def test_names_and_rules_are_checked_as_for_any_architecture() -> None:
    with pytest.raises(ArchitectureError, match="'x'"):
        at.bam(at.AttractorNetwork("x", 9, at.Sign()), at.AttractorNetwork("x", 9, at.Sign()))
    ends = [at.AttractorNetwork(name, 9, at.Sign()) for name in "xy"]
    with pytest.raises(ArchitectureError, match="Willshaw"):
        at.bam(*ends, at.Willshaw())


def overlap(units: int, load: float, seeds: int) -> np.ndarray:
    """Final overlaps of both sides, started in every stored pair, (seeds,) means."""
    means = []
    for seed in range(seeds):
        circuit, pairs = stored(units, units, round(load * units), seed)
        recording = final(circuit, pairs, 30)
        found = [recording.get("overlap", n).values[:, -1] for n in "xy"]
        means.append(np.mean([each.diagonal() for each in found]))
    return np.array(means)


def test_overlap_at_half_the_critical_load_is_that_of_theory() -> None:
    means = overlap(1000, 0.1, 3)
    # 600,000 units of which 0.08 % are wrong, in clusters: the spread over seeds says how sure
    error = means.std(ddof=1) / np.sqrt(len(means))
    assert abs(means.mean() - OVERLAP) < 5e-4 + 2 * error, f"{means.mean():.5f} ± {error:.5f}"


@pytest.mark.slow
def test_the_load_at_which_half_the_pairs_are_kept_tends_to_the_critical_one() -> None:
    sizes, half = np.array([400, 800, 1600]), []
    for units in sizes:
        loads = np.linspace(0.2, 0.3, 11)
        kept = np.array([_kept(units, load) for load in loads])
        last = int(np.flatnonzero(kept >= 0.5)[-1])
        step = (kept[last] - 0.5) / (kept[last] - kept[last + 1])
        half.append(loads[last] + step * (loads[1] - loads[0]))
    # as for one network, half loads approach their limit like 1/√N
    limit = np.polyfit(1 / np.sqrt(sizes), half, 1)[1]
    assert abs(limit - CRITICAL) < 0.015, f"half loads {np.round(half, 4)}, limit {limit:.4f}"


def _kept(units: int, load: float) -> float:
    shares = []
    for seed in range(3):
        circuit, pairs = stored(units, units, round(load * units), seed)
        some = {name: patterns[:100] for name, patterns in pairs.items()}
        match = final(circuit, some, 60).final_match("x")[:, :100].diagonal()
        shares.append((match > 0.9).mean())
    return float(np.mean(shares))
