"""The expansion encoder: scikit-learn's contract, exact sparseness, reproducible codes."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks

from attractors.encoders import Expansion
from attractors.errors import AttractorsError, ParameterError, PatternError
from attractors.patterns import as_patterns

VARIANTS = [
    {},
    {"projection": "sparse"},
    {"projection": "sparse", "fan_in": 3, "centring": False},
    {"projection": "gaussian", "fan_in": 3, "readout": "pseudo-inverse"},
]
ALL = pytest.mark.parametrize("variant", VARIANTS, ids=str)


@pytest.fixture(scope="module")
def digits() -> Any:
    # the module's tests share it: handwritten digits, whole numbers from 0 to 16
    return load_digits().data[:300]


def encoder(variant: dict[str, Any], **more: Any) -> Expansion:
    return Expansion(**{"units": 400, "activity": 0.05, "random_state": 0, **variant, **more})


@parametrize_with_checks(
    [
        Expansion(),
        Expansion(dense_output=True),
        Expansion(units=300, projection="sparse", readout="pseudo-inverse"),
        Expansion(units=300, fan_in=1, centring=False),
    ]
)
def test_keeps_the_contract_of_scikit_learn(estimator: Any, check: Any) -> None:
    # one of the checks shuffles by NumPy's global generator, which the encoder never touches
    state = np.random.get_state()  # noqa: NPY002
    check(estimator)
    np.random.set_state(state)  # noqa: NPY002


@ALL
def test_codes_are_csr_with_exactly_k_ones(variant: dict[str, Any], digits: Any) -> None:
    model = encoder(variant)
    codes = model.fit_transform(digits)
    assert isinstance(codes, sparse.csr_array)
    assert codes.shape == (300, 400)
    assert model.active_ == 20
    assert (codes.data == 1).all()
    assert (np.diff(codes.indptr) == 20).all()
    assert codes.has_canonical_format
    assert as_patterns(codes, 400, "01", "test").sum() == 300 * 20


@ALL
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floating_types_are_kept_and_do_not_change_the_code(
    variant: dict[str, Any], dtype: type, digits: Any
) -> None:
    typed = digits.astype(dtype)
    model = encoder(variant).fit(typed)
    assert model.transform(typed).dtype == dtype
    assert model.inverse_transform(model.transform(typed)).dtype == dtype
    exact = encoder(variant).fit_transform(digits.astype(int))
    assert (model.transform(typed) != exact).nnz == 0


@ALL
def test_the_code_of_an_input_is_the_same_in_a_batch_of_any_size(
    variant: dict[str, Any], digits: Any
) -> None:
    # with weights of 1 many units tie: thirds are rounded, and the rounding must not part them
    inputs = digits / 3
    model = encoder(variant).fit(inputs)
    together = model.transform(inputs).toarray()
    for size in (1, 7):
        parts = [model.transform(inputs[i : i + size]).toarray() for i in range(0, 300, size)]
        np.testing.assert_array_equal(np.concatenate(parts), together)


@ALL
def test_sparse_and_dense_inputs_have_the_same_code(variant: dict[str, Any], digits: Any) -> None:
    whole = encoder(variant).fit(digits)
    for form in (sparse.csr_array, sparse.csc_matrix):
        thin = encoder(variant).fit(form(digits))
        assert (whole.transform(digits) != thin.transform(form(digits))).nnz == 0
        np.testing.assert_allclose(thin.readout_.weights, whole.readout_.weights, atol=1e-9)


def test_winners_have_the_largest_fields(digits: Any) -> None:
    model = encoder({"dense_output": True}).fit(digits)
    fields, active = model.project(digits), model.transform(digits).astype(bool)
    np.testing.assert_allclose(
        fields, (digits - digits.mean(axis=0)) @ model.components_.T, atol=1e-9
    )
    assert (
        np.where(active, fields, np.inf).min(1) > np.where(active, -np.inf, fields).max(1)
    ).all()


def test_many_samples_are_encoded_in_pieces(monkeypatch: Any, digits: Any) -> None:
    whole = encoder({}).fit_transform(digits)
    monkeypatch.setattr("attractors.encoders.expansion._CHUNK", 900)
    assert (whole != encoder({}).fit_transform(digits)).nnz == 0


@pytest.mark.parametrize(
    "make", [lambda: 3, lambda: np.random.default_rng(3), lambda: np.random.RandomState(3)]
)
def test_the_random_state_alone_decides(make: Any, digits: Any) -> None:
    first, again = (Expansion(random_state=make()).fit_transform(digits) for _ in range(2))
    assert (first != again).nnz == 0


def test_without_a_random_state_every_fit_draws_other_weights(digits: Any) -> None:
    model = encoder({}, random_state=None)
    assert (model.fit_transform(digits) != model.fit_transform(digits)).nnz > 0


def test_fan_in_is_exact_and_a_tenth_by_default(digits: Any) -> None:
    for variant, expected in zip(VARIANTS, (64, 6, 3, 3), strict=True):
        weights = encoder(variant).fit(digits).components_
        dense = weights.toarray() if sparse.issparse(weights) else weights
        assert (np.count_nonzero(dense, axis=1) == expected).all(), variant
        if variant.get("projection") == "sparse":
            assert set(np.unique(dense)) == {0.0, 1.0}


def test_centring_makes_the_code_blind_to_a_shift_of_all_inputs(digits: Any) -> None:
    for centring in (True, False):
        model = encoder({"projection": "sparse"}, centring=centring)
        moved = (model.fit_transform(digits) != model.fit_transform(digits + np.arange(64))).nnz
        # whole numbers keep all sums exact; the means are rounded, hence not quite no change
        assert (moved < 20) == centring, (centring, moved)


def test_near_inputs_have_near_codes(rng: np.random.Generator) -> None:
    inputs = rng.standard_normal((100, 40))
    model = Expansion(random_state=0).fit(inputs)
    code = model.transform(inputs)
    shared = [
        code.multiply(model.transform(inputs + noise * rng.standard_normal((100, 40)))).sum()
        for noise in (0.0, 0.1, 0.3, 1.0, 3.0)
    ]
    assert shared == sorted(shared, reverse=True), shared
    assert shared[0] == 100 * 40


def test_works_in_a_pipeline_and_with_named_columns(digits: Any) -> None:
    labels = load_digits().target[:300]
    pipeline = make_pipeline(encoder({}), LogisticRegression()).fit(digits[:200], labels[:200])
    assert pipeline.score(digits[200:], labels[200:]) > 0.8
    frame = pd.DataFrame(digits, columns=[f"pixel{i}" for i in range(64)])
    coded = encoder({}, dense_output=True).set_output(transform="pandas").fit_transform(frame)
    assert list(coded.columns[:2]) == ["expansion0", "expansion1"]
    assert (coded.sum(axis=1) == 20).all()


def test_survives_pickling(digits: Any) -> None:
    model = encoder({}).fit(digits)
    copy = pickle.loads(pickle.dumps(model))
    assert (copy.transform(digits) != model.transform(digits)).nnz == 0


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"units": 1}, "Expansion: units is 1"),
        ({"units": 10.5}, "Expansion: units is 10.5"),
        ({"activity": 40}, "activity is 40; it is a fraction of the units"),
        ({"activity": 0}, "activity is 0"),
        ({"activity": 0.0001}, "makes 0 of 400 units active; it must be 0.0025 to 0.9975"),
        ({"activity": 0.9999}, "makes 400 of 400 units active"),
        ({"fan_in": 65}, "fan_in is 65, but the input has 64 features"),
        ({"fan_in": 0}, "fan_in is 0"),
        ({"ridge": 0}, "ridge is 0"),
        ({"projection": "gausian"}, "projection of Expansion 'gausian'; did you mean 'gaussian'"),
        ({"readout": "inverse"}, "readout of Expansion 'inverse'; did you mean 'pseudo-inverse'"),
    ],
)
def test_impossible_parameters_are_refused(
    parameters: dict[str, Any], message: str, digits: Any
) -> None:
    with pytest.raises(AttractorsError, match=message) as caught:
        encoder(parameters).fit(digits)
    assert str(caught.value).count("\n") <= 1
    if "projection" not in parameters and "readout" not in parameters:
        assert isinstance(caught.value, ParameterError)


def test_codes_of_another_width_are_refused(digits: Any) -> None:
    with pytest.raises(PatternError, match="codes have 399 units; this encoder has 400"):
        encoder({}).fit(digits).inverse_transform(np.zeros((2, 399)))
