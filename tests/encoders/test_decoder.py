"""Both readouts do what their formulas say, and bring handwritten digits back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse
from sklearn.datasets import load_digits

from attractors.encoders import Expansion
from attractors.encoders.decoder import hebbian, pseudo_inverse
from attractors.patterns import move, random_sparse


def examples(count: int, rng: np.random.Generator) -> tuple[Any, NDArray[np.float64]]:
    codes = sparse.csr_array(random_sparse(count, 40, 6, rng).astype(float))
    return codes, rng.standard_normal((count, 5)) + 3.0


@pytest.mark.parametrize("count", [25, 90])
def test_pseudo_inverse_solves_least_squares_with_damping(
    count: int, rng: np.random.Generator
) -> None:
    # fewer and more examples than units take the two forms of the formula
    codes, inputs = examples(count, rng)
    dense = codes.toarray()
    centred, targets = dense - dense.mean(axis=0), inputs - inputs.mean(axis=0)
    stacked = np.vstack([centred, np.sqrt(0.2 * 6) * np.eye(40)])
    expected = np.linalg.lstsq(stacked, np.vstack([targets, np.zeros((40, 5))]))[0].T
    readout = pseudo_inverse(codes, inputs, 0.2)
    np.testing.assert_allclose(readout.weights, expected, atol=1e-10)
    np.testing.assert_allclose(readout(dense).mean(axis=0), inputs.mean(axis=0), atol=1e-10)


def test_pseudo_inverse_without_damping_restores_every_example(rng: np.random.Generator) -> None:
    codes, inputs = examples(25, rng)
    np.testing.assert_allclose(pseudo_inverse(codes, inputs, 1e-10)(codes), inputs, atol=1e-6)


def test_hebbian_weights_are_mean_inputs_of_active_units(rng: np.random.Generator) -> None:
    codes, inputs = examples(60, rng)
    readout = hebbian(codes, inputs, 0.1)
    deviations = inputs - inputs.mean(axis=0)
    means = np.array([deviations[row == 1].mean(axis=0) for row in codes.toarray().T])
    gain = np.sum(readout.weights.T * means) / np.sum(means**2)
    np.testing.assert_allclose(readout.weights.T, gain * means, atol=1e-12)

    def error(factor: float) -> float:
        decoded = readout.offset + factor * (codes @ readout.weights.T)
        return float(np.sum((decoded - inputs) ** 2))

    assert error(1.0) < min(error(0.99), error(1.01)), "the gain is not the best one"


def test_silence_decodes_to_the_mean(rng: np.random.Generator) -> None:
    codes, inputs = examples(60, rng)
    silent = np.zeros((1, 40))
    np.testing.assert_allclose(hebbian(codes, inputs, 0.1)(silent)[0], inputs.mean(axis=0))


def test_units_that_never_win_do_no_harm(rng: np.random.Generator) -> None:
    codes, inputs = examples(60, rng)
    padded = sparse.csr_array(sparse.hstack([codes, sparse.csr_array((60, 3))]))
    for learn in (hebbian, pseudo_inverse):
        readout = learn(padded, inputs, 0.1)
        assert not readout.weights[:, -3:].any()
        np.testing.assert_allclose(
            readout.weights[:, :-3], learn(codes, inputs, 0.1).weights, atol=1e-9
        )


def test_a_single_example_decodes_to_itself() -> None:
    for readout in ("hebbian", "pseudo-inverse"):
        model = Expansion(readout=readout, random_state=0).fit([[1.0, 2.0, 5.0]])
        decoded = model.inverse_transform(model.transform([[4.0, 0.0, 0.0]]))
        np.testing.assert_allclose(decoded, [[1.0, 2.0, 5.0]])


@pytest.mark.parametrize(
    ("readout", "new", "damaged"), [("hebbian", 0.27, 0.37), ("pseudo-inverse", 0.12, 0.29)]
)
def test_new_digits_come_back_from_their_codes(
    readout: Any, new: float, damaged: float, rng: np.random.Generator
) -> None:
    # the share of the variance lost; 1 is what the mean digit loses, whatever the code.
    # Other splits and weights gave 0.24 and 0.33, 0.105 and 0.256, each ± 0.005; the bounds leave
    # a tenth to these
    data = load_digits().data[rng.permutation(1797)]
    train, test = data[:1200], data[1200:]
    model = Expansion(readout=readout, random_state=0).fit(train)
    codes = model.transform(test)
    worse = move(codes, 0.3, rng)
    variance = np.sum((test - train.mean(axis=0)) ** 2)
    for states, bound in ((codes, new), (worse, damaged)):
        lost = np.sum((model.inverse_transform(states) - test) ** 2) / variance
        assert lost < bound, f"{readout} loses {lost:.3f}, allowed {bound}"
