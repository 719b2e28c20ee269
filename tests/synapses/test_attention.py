"""Keys and values with softmax are the attention of transformers."""

import numpy as np
import pytest

import attractors as at
from attractors.seeding import stream
from attractors.synapses import Dual

UNITS, VALUES, COUNT = 64, 48, 500
BETA = UNITS**-0.5


@pytest.fixture
def data():
    rng = stream(0, "attention")
    return [rng.normal(size=shape) for shape in ((9, UNITS), (COUNT, UNITS), (COUNT, VALUES))]


def attended(queries, keys, values, kind):
    synapses = Dual(at.KeyValue(at.Softmax(BETA)), (VALUES, UNITS), False)
    synapses.learn(values.astype(kind), keys.astype(kind), (None, None))
    return synapses.field(queries.astype(kind))


@pytest.mark.parametrize(("kind", "error"), [(np.float64, 1e-13), (np.float32, 1e-6)])
def test_a_softmax_written_out_gives_the_same(data, kind, error):
    queries, keys, values = data
    similar = queries @ keys.T * BETA
    weights = np.exp(similar - similar.max(axis=1, keepdims=True))
    wanted = weights / weights.sum(axis=1, keepdims=True) @ values
    assert np.abs(attended(queries, keys, values, kind) - wanted).max() < error


def test_torch_gives_the_same(data):
    torch = pytest.importorskip("torch", reason="torch, whose attention is compared, is missing")
    attention = torch.nn.functional.scaled_dot_product_attention
    # in double precision: torch's own single precision is no better than what is compared
    wanted = attention(*(torch.from_numpy(array)[None] for array in data))[0].numpy()
    for kind in (np.float64, np.float32):
        assert np.abs(attended(*data, kind) - wanted).max() < 1e-6


def test_a_modern_hopfield_network_is_attention_to_its_own_patterns(data):
    queries, keys, _ = data
    network = at.AttractorNetwork("memory", UNITS, at.Linear(), at.KeyValue(at.Softmax(BETA)))
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(memory=keys)
    trials = at.Trial.batch(20.0, {"memory": queries}, stop=10.0, mode="clamped")
    state = at.simulate(circuit, trials, record=("state",)).get("state", "memory").values[:, -1]
    similar = queries @ keys.T * BETA
    weights = np.exp(similar - similar.max(axis=1, keepdims=True))
    wanted = weights / weights.sum(axis=1, keepdims=True) @ keys
    # recordings are in single precision
    assert np.abs(state - wanted).max() < 1e-6


@pytest.mark.parametrize("features", ["elu", "relu"])
def test_linear_attention_is_attention_with_the_kernel_of_its_features(data, features):
    queries, keys, values = data
    rule = at.LinearAttention(features)
    synapses = Dual(rule, (VALUES, UNITS), False)
    for part in (slice(100), slice(100, None)):
        synapses.learn(values[part], keys[part], (None, None))
    similar = rule.mapped(queries) @ rule.mapped(keys).T
    wanted = similar / similar.sum(axis=1, keepdims=True) @ values
    assert synapses.field(queries) == pytest.approx(wanted, rel=1e-10)
    # the state does not grow with what is stored
    assert synapses.nbytes == 8 * (UNITS * VALUES + UNITS + 2)


def test_one_step_of_gradient_descent_is_a_readout_of_linear_attention(data):
    # row vono of published.csv: von Oswald et al. (2023), error 0 to 1e-12
    queries, keys, values = data
    rate = 0.01
    synapses = Dual(at.LinearAttention("identity"), (VALUES, UNITS), False)
    synapses.learn(values, keys, (None, None))
    # of 1/2 Σ |y - W x|² at W = 0, for which the gradient is -Σ y xᵀ
    weights = np.zeros((VALUES, UNITS))
    for x, y in zip(keys, values, strict=True):
        weights += rate * np.outer(y - np.zeros((VALUES, UNITS)) @ x, x)
    assert np.abs(rate * synapses.field(queries) - queries @ weights.T).max() < 1e-12
