import numpy as np
import pytest

import attractors as at
from attractors.patterns import flip, random_signs, random_sparse
from attractors.seeding import stream

NONE = (None, None)


def learned(sources, targets, cuts=()):
    rule = at.PseudoInverse()
    held = rule.start((targets.shape[1], sources.shape[1]))
    for start, stop in zip((0, *cuts), (*cuts, len(sources)), strict=True):
        held = rule.learn(held, targets[start:stop], sources[start:stop], NONE)
    return rule.matrix(held)


def batch(sources, targets):
    return targets.T @ np.linalg.pinv(sources.T.astype(float))


@pytest.mark.parametrize("cuts", [(), (3, 4, 20), range(1, 30)], ids=["once", "parts", "one"])
@pytest.mark.parametrize("units", [50, 25], ids=["independent", "more patterns than units"])
def test_lessons_add_up_to_the_inverse_of_all_patterns(cuts, units: int) -> None:
    x, y = random_signs(30, units, stream(0, "x")), random_signs(30, 20, stream(0, "y"))
    assert learned(x, y, cuts) == pytest.approx(batch(x, y), abs=1e-11)


@pytest.mark.parametrize("cuts", [(), (8,), range(1, 20)], ids=["once", "parts", "one"])
def test_patterns_that_are_mixtures_of_others_do_no_harm(cuts) -> None:
    x = random_signs(20, 60, stream(0, "x"))
    x[5], x[9], x[19] = x[3], -x[2], x[0]
    weights = learned(x, x, cuts)
    assert weights == pytest.approx(batch(x, x), abs=1e-11)
    assert np.linalg.matrix_rank(weights) == 17


def test_contradicting_targets_give_the_least_squares_solution() -> None:
    x, y = random_signs(6, 30, stream(0, "x")), random_signs(6, 10, stream(0, "y"))
    x[5] = x[4]
    weights = learned(x, y, (5,))
    assert x[4] @ weights.T == pytest.approx((y[4] + y[5].astype(float)) / 2, abs=1e-11)


def test_sparse_pairs_come_out_exactly_silent_rows_included() -> None:
    x, y = random_sparse(8, 40, 5, stream(0, "x")), random_sparse(8, 30, 4, stream(0, "y"))
    x[2] = 0
    weights = learned(x, y, (3,))
    stored = [row for row in range(8) if row != 2]
    assert x[stored] @ weights.T == pytest.approx(y[stored], abs=1e-11)


def test_correlated_patterns_are_kept_where_hebb_loses_them() -> None:
    patterns = at.patterns.sign_families(4, 10, 200, 0.5, stream(0, "families")).patterns
    kept = {}
    for rule in (at.PseudoInverse(), at.Hebbian()):
        memory = at.Memory(200, at.Sign(), rule)
        memory.store(patterns)
        kept[type(rule)] = (memory.recall(patterns) == patterns).all(axis=1).mean()
    assert kept[at.PseudoInverse] == 1.0
    assert kept[at.Hebbian] < 0.5


def test_self_coupling_closes_the_basins_at_half_load() -> None:
    exact = [_exact(_circuit(0.5, coupled, 0), 0.05, 0) for coupled in (True, False)]
    # 60 cues each: a true share of 0.5 is 6 standard errors from either bound
    assert exact[0] < 0.1 < 0.9 < exact[1], f"exactly recalled, self-coupled and not: {exact}"


def _circuit(load: float, coupled: bool, seed: int, units: int = 300) -> at.Circuit:
    dynamics = at.Sign(order="asynchronous")
    network = at.AttractorNetwork(
        "memory", units, dynamics, at.PseudoInverse(), self_coupling=coupled
    )
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(memory=random_signs(round(load * units), units, stream(seed, "patterns")))
    return circuit


def _exact(circuit: at.Circuit, share: float, seed: int) -> float:
    """Return the share of cues that come back exactly."""
    stored = circuit.patterns("memory")[:60]
    cues = flip(stored, share, stream(seed, "flips", round(100 * share)))
    engine = at.RateEngine(stop_when_settled=True)
    trials = at.Trial.batch(51 * engine.step, {"memory": cues}, stop=engine.step, mode="clamped")
    final = engine.compile(circuit).run(trials, seed, ("state",)).get("state", "memory").values
    return float((final[:, -1] == stored).all(axis=1).mean())
