"""Hypercolumns on the rate engine: who wins, cliques, and Potts units against their papers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

import attractors as at
from attractors.engines.rate import RateEngine, update
from attractors.seeding import stream

SIGMAS = 4.5


def one_in_each(count: int, blocks: int, size: int, seed: int) -> np.ndarray:
    """Patterns (count, blocks × size) with one active unit in every block."""
    x = np.zeros((count, blocks * size), np.int8)
    units = stream(seed, "blocks").integers(0, size, (count, blocks)) + size * np.arange(blocks)
    np.put_along_axis(x, units, 1, axis=1)
    return x


def answer(dynamics: at.Blocks, field: list[float]) -> tuple[list[float], list[int] | None]:
    row = np.array([field])
    state, tied = update(dynamics, row, np.zeros_like(row), None)
    return state[0].tolist(), None if tied is None else tied.tolist()


FIELD = [0.2, 0.7, 0.7, -0.3, -0.1, -0.1, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("options", "active", "ties"),
    [
        ({}, [0, 1, 0, 0, 0, 0, 0, 0, 0], [1]),
        ({"winners": "all"}, [0, 1, 1, 0, 0, 0, 0, 0, 0], None),
        ({"threshold": None}, [0, 1, 0, 0, 1, 0, 1, 0, 0], [3]),
        ({"threshold": None, "winners": "all"}, [0, 1, 1, 0, 1, 1, 1, 1, 1], None),
        ({"threshold": 0.7}, [0] * 9, [0]),
        ({"threshold": -0.2}, [0, 1, 0, 0, 1, 0, 1, 0, 0], [3]),
    ],
)
def test_the_largest_field_of_a_block_wins(options, active, ties) -> None:
    assert answer(at.Blocks(3, **options), FIELD) == (active, ties)


def test_a_block_whose_units_are_all_vetoed_stays_silent() -> None:
    veto = [-np.inf] * 2
    for threshold in (0.0, None):
        found = answer(at.Blocks(2, threshold=threshold), [*veto, 0.5, 0.5])
        assert found == ([0, 0, 1, 0], [1])
    assert answer(at.Blocks(2, "all", threshold=None), [*veto, 0.5, 0.5])[0] == [0, 0, 1, 1]


def test_the_winner_of_a_block_is_drawn_by_the_softmax_of_its_fields() -> None:
    temperature, field = 0.3, np.array([0.2, 0.5, 0.9])
    dynamics = at.Blocks(40, temperature=temperature, threshold=None)
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 120, dynamics)]))
    batch = at.Trial.batch(10.0, {"n": [np.tile(field, 40)] * 100})
    found = at.simulate(circuit, batch, seed=1, record="state").get("state", "n").values[:, -1]
    by_block = found.reshape(-1, 3)
    assert (by_block.sum(axis=1) == 1).all()
    wanted = np.exp(field / temperature) / np.exp(field / temperature).sum()
    bound = SIGMAS * np.sqrt(wanted * (1 - wanted) / len(by_block))
    assert (np.abs(by_block.mean(axis=0) - wanted) < bound).all(), by_block.mean(axis=0)


def cliques(
    blocks: int, size: int, erased: int, messages: int, count: str, asked: int
) -> np.ndarray:
    """Whether each message is wrong after 1 to 4 iterations, (4, asked)."""
    x = one_in_each(messages, blocks, size, seed=messages)
    # the memory effect of the paper: a unit's synapse onto itself keeps it in play
    dynamics = at.Blocks(blocks, winners="all", count=count)
    network = at.AttractorNetwork(
        "clique", blocks * size, dynamics, at.Willshaw(), self_coupling=True
    )
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(clique=x)
    rng = stream(1, "erased")
    wanted = x[rng.choice(messages, asked, replace=False)]
    gone = rng.random((asked, blocks)).argsort(axis=1)[:, :erased]
    cue = wanted.reshape(asked, blocks, size).copy()
    cue[np.arange(asked)[:, None], gone] = 0
    trials = at.Trial.batch(50.0, {"clique": cue.reshape(asked, -1)}, stop=10.0, mode="clamped")
    final = at.simulate(circuit, trials, record="state").get("state", "clique").values
    return (final[:, 1:] != wanted[:, None]).any(axis=2).T


# Gripon & Berrou (2011): blocks, size, erased blocks, messages, error after one iteration and
# after four with its tolerance; shared/reference says which of them were simulated by others.
PUBLISHED = [
    (4, 512, 1, 10_000, 0.0264, 0.027, 0.012),
    (4, 512, 1, 15_000, 0.0842, 0.0985, 0.021),
    (8, 256, 4, 15_000, 0.8327, 0.0165, 0.012),
]


@pytest.mark.slow
@pytest.mark.parametrize("count", ["sum", "max"])
@pytest.mark.parametrize(
    ("blocks", "size", "erased", "messages", "once", "error", "tolerance"), PUBLISHED
)
def test_cliques_err_as_often_as_published(
    blocks, size, erased, messages, once, error, tolerance, count
) -> None:
    asked = 2000
    wrong = cliques(blocks, size, erased, messages, count, asked)
    found, first = wrong[-1].mean(), wrong[0].mean()
    bound = tolerance + 2 * np.sqrt(error * (1 - error) / asked)
    assert abs(found - error) <= bound, f"error {found:.4f}, published {error} ± {bound:.4f}"
    # 1 - (1 - d^(c - e))^(e (l - 1)), with the density d of the paper
    density = 1 - (1 - 1 / size**2) ** messages
    formula = 1 - (1 - density ** (blocks - erased)) ** (erased * (size - 1))
    assert formula == pytest.approx(once, abs=2e-3)
    # the synapses of one message are no independent draws: the formula is a little low
    bound = 0.02 + SIGMAS * np.sqrt(formula * (1 - formula) / asked)
    assert abs(first - formula) < bound, f"{first:.4f} after one iteration, formula {formula:.4f}"


def test_maxima_tell_apart_what_sums_confuse() -> None:
    """In a clique network near its limit sum of max errs less often after two iterations."""
    by_sum, by_max = (cliques(8, 32, 4, 500, count, 500)[1] for count in ("sum", "max"))
    better, worse = (by_sum & ~by_max).sum(), (by_max & ~by_sum).sum()
    # paired: were neither better, the difference had a variance of better + worse
    assert better - worse > 3 * np.sqrt(better + worse), (better, worse)


def potts(states: int, blocks: int, load: float, seed: int) -> at.Circuit:
    network = at.AttractorNetwork(
        "potts", states * blocks, at.Blocks(blocks, threshold=None), at.Covariance()
    )
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(potts=one_in_each(round(load * blocks), blocks, states, seed))
    return circuit


def kept(circuit: at.Circuit, steps: int, asked: int = 40) -> np.ndarray:
    """Fraction of blocks still in the stored state after some updates, by pattern."""
    x = circuit.patterns("potts")[:asked]
    trials = at.Trial.batch(10.0 * (steps + 1), {"potts": x}, stop=10.0, mode="clamped")
    run = at.simulate(circuit, trials, RateEngine(stop_when_settled=True), record="state")
    final = run.get("state", "potts").values[:, -1]
    return (final * x).sum(axis=1) / x.sum(axis=1)


@pytest.mark.parametrize("states", [3, 10])
def test_one_update_of_potts_units_errs_by_the_gaussian_noise_of_the_other_patterns(
    states: int,
) -> None:
    """A unit in the right state leads by 1; noise has the variance α/(q (q - 1)) in each state."""
    blocks, load, asked = 200, 0.3 * states * (states - 1) / 2, 60
    found = kept(potts(states, blocks, load, seed=0), 1, asked)
    spread = np.sqrt(load / (states * (states - 1)))
    wanted, _ = quad(lambda z: norm.pdf(z) * norm.cdf(z + 1 / spread) ** (states - 1), -10, 10)
    # blocks of one pattern share little noise: the spread of the patterns' means tells how little
    bound = SIGMAS * found.std() / np.sqrt(asked) + 1 / blocks
    assert abs(found.mean() - wanted) < bound, f"{found.mean():.4f}, {wanted:.4f} ± {bound:.4f}"


KANTER = 0.4144  # replica-symmetric critical load of q = 3, where Kanter estimates 0.414


def test_potts_units_hold_patterns_below_the_critical_load_and_lose_them_above() -> None:
    below, above = (kept(potts(3, 400, f * KANTER, seed=1), 60) for f in (0.8, 1.6))
    # overlap 0.85 is 0.9 of the blocks in the right one of three states
    assert (below > 0.9).mean() > 0.95, below
    assert (above > 0.9).mean() < 0.2, above


@pytest.mark.slow
def test_the_load_at_which_half_the_patterns_survive_tends_to_the_critical_load() -> None:
    """Finite networks hold more; the excess shrinks with the size, as for Hopfield's network."""
    loads, sizes, half = KANTER * np.linspace(1.0, 1.5, 8), (200, 400, 800), []
    for size in sizes:
        alive = [
            np.concatenate([kept(potts(3, size, load, seed), 60) > 0.9 for seed in range(3)])
            for load in loads
        ]
        slope, at_zero = np.polyfit(*_logits(loads, np.array(alive)), 1)
        half.append(-at_zero / slope)
    assert half[0] > half[1] > half[2] > KANTER, half
    # straight in the inverse root of the size, within the precision of three sizes
    _, limit = np.polyfit(1 / np.sqrt(sizes), half, 1)
    assert limit == pytest.approx(KANTER, rel=0.1), (half, limit)


def _logits(loads: np.ndarray, alive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loads at which some but not all survive, and the log odds of surviving there."""
    share = alive.mean(axis=1)
    mixed = (share > 0) & (share < 1)
    return loads[mixed], np.log(share[mixed] / (1 - share[mixed]))
