import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, PatternError
from attractors.kernels import k_winners
from attractors.rules import compete, oja
from attractors.seeding import stream


def correlated(count: int = 400) -> np.ndarray:
    """Return centred inputs of variances 4, 2, 1, … along random orthogonal directions."""
    rng = stream(0, "inputs")
    rotation = np.linalg.qr(rng.normal(size=(8, 8)))[0]
    x = rng.normal(size=(count, 8)) * np.sqrt(2.0 ** np.arange(2, -6, -1)) @ rotation
    return x - x.mean(axis=0)


@pytest.mark.parametrize("units", [1, 3])
def test_oja_converges_to_the_principal_components(units: int) -> None:
    x = correlated()
    weights = oja(x, units, stream(0, "oja"))
    wanted = np.linalg.svd(x, full_matrices=False)[2][:units]
    likeness = np.abs((weights * wanted).sum(axis=1))
    assert likeness.min() > 0.99, likeness
    assert np.linalg.norm(weights, axis=1) == pytest.approx(np.ones(units), abs=0.02)


def planted(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return 0/1 members of six families and their family."""
    families = at.patterns.sparse_families(6, 40, 150, 15, 0.6, stream(seed, "planted"))
    return families.patterns, families.family


def recovered(conscience: float, seed: int) -> bool:
    """Tell whether each of six units wins one of the six families, all of it and no other."""
    x, family = planted(seed)
    weights = compete(x, 6, 1, stream(seed, "compete"), conscience=conscience)
    winner = (x @ weights.T).argmax(axis=1)
    pairs = {(int(f), int(w)) for f, w in zip(family, winner, strict=True)}
    return len(pairs) == len({w for _, w in pairs}) == 6


def test_competition_recovers_planted_clusters() -> None:
    assert [recovered(1.0, seed) for seed in range(5)] == [True] * 5


def test_without_a_conscience_two_units_may_share_a_cluster() -> None:
    assert not all(recovered(0.0, seed) for seed in range(5))


def test_a_circuit_with_the_weights_has_the_same_winners() -> None:
    x, _ = planted(0)
    weights = compete(x, 12, 3, stream(0, "compete"))
    assert np.linalg.norm(weights, axis=1) == pytest.approx(np.ones(12))
    networks = [
        at.AttractorNetwork("input", 150, at.KWinners(15)),
        at.AttractorNetwork("code", 12, at.KWinners(3, threshold=None)),
    ]
    edge = at.Association("input", "code", at.Fixed(weights))
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    trials = at.Trial.batch(50.0, {"input": x[:40]}, stop=50.0, mode="clamped")
    final = at.simulate(circuit, trials, "rate", record=("state",)).get("state", "code").values
    assert np.array_equal(final[:, -1] > 0, k_winners(x[:40] @ weights.T, 3, None)[0])


def test_the_same_generator_gives_the_same_weights() -> None:
    x, _ = planted(0)
    for train in (
        lambda: compete(x, 6, 1, stream(0, "c"), epochs=2),
        lambda: oja(x, 2, stream(0, "o"), epochs=2),
    ):
        assert np.array_equal(train(), train())


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((np.eye(3), 4, 1), ParameterError, "units is 4; there are only 3 inputs"),
        ((np.eye(3), 2, 3), ParameterError, "winners is 3; there are only 2 units"),
        ((np.diag([1.0, 0.0, 1.0]), 2, 1), PatternError, "input 1 is all zero"),
        (([1.0, np.nan], 2, 1), PatternError, "finite"),
    ],
)
def test_compete_refuses_what_it_cannot_train(arguments, error, message) -> None:
    with pytest.raises(error, match=message):
        compete(*arguments, stream(0, "c"))


def test_oja_refuses_more_units_than_inputs_to_a_unit() -> None:
    with pytest.raises(ParameterError, match="units is 4; there are only 3 inputs to a unit"):
        oja(np.eye(3), 4, stream(0, "o"))
