"""Linear associative memories and attention without softmax."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, Association, AttractorNetwork
from attractors.catalog import Measured
from attractors.circuit import Circuit
from attractors.dynamics import Linear
from attractors.rules import KeyValue, LinearAttention, Rule
from attractors.seeding import stream
from attractors.verify.families.family import Family, exactly, whole
from attractors.verify.row import Parameters

Reals = NDArray[np.float64]
MEMORIES, RATE = 5, 0.01
# examples, features and outputs of the regression
EXAMPLES, FEATURES, OUTPUTS = 200, 24, 10


def top_one(parameters: Parameters, seed: int) -> Measured:
    """Measure how often the value of a key is the most similar to what it recalls."""
    width, count = whole(parameters, "d"), whole(parameters, "n")
    right = []
    for number in range(MEMORIES):
        draw = stream(seed, "linear", number)
        keys, values = (draw.standard_normal((count, width)) for _ in range(2))
        answers = _between(KeyValue(Linear()), keys, values, keys)
        right.append(float(((answers @ values.T).argmax(axis=1) == np.arange(count)).mean()))
    return Measured.mean(right)


def one_step(parameters: Parameters, seed: int) -> Measured:
    """Compute how far a read-out is from regression after one step of gradient descent."""
    draw = stream(seed, "regression")
    keys = draw.standard_normal((EXAMPLES, FEATURES))
    values = draw.standard_normal((EXAMPLES, OUTPUTS))
    queries = draw.standard_normal((EXAMPLES, FEATURES))
    # of ½ Σ |y - W x|² at W = 0, whose gradient is -Σ y xᵀ
    weights = RATE * values.T @ keys
    read = RATE * _between(LinearAttention("identity"), keys, values, queries)
    return exactly(float(np.abs(read - queries @ weights.T).max()))


def _between(rule: Rule, keys: Reals, values: Reals, queries: Reals) -> Reals:
    """Return what an association of two networks answers."""
    ends = [
        AttractorNetwork("key", keys.shape[1], Linear()),
        AttractorNetwork("value", values.shape[1], Linear()),
    ]
    circuit = Circuit(Architecture(tuple(ends), (Association("key", "value", rule),)))
    circuit.store(key=keys, value=values)
    return np.asarray(circuit.links[0].synapses.field(queries))


FAMILIES = (Family("cmm", top_one), Family("vono", one_step))
