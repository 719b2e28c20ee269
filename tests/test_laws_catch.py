"""The laws catch what breaks them, and say which law, for whom and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.engines.rate import update
from attractors.kernels import k_winners
from attractors.seeding import stream
from attractors.synapses import Dense, Dual
from attractors.testing import check_dynamics, check_encoder, check_form, check_rule


@dataclass(frozen=True)
class Broken(at.Rule):
    """Counts of coincidences, with one fault."""

    fault: str = ""
    values: ClassVar = "01"
    signed: ClassVar[bool] = False
    symmetric: ClassVar[bool] = True
    counted: ClassVar[bool] = True

    def outer(self, post, pre, activity):
        return post, pre - (self.fault == "outer")

    def from_counts(self, counts, activity):
        return counts.pairs + (self.fault == "counts")

    def learn(self, weights, post, pre, activity):
        if self.fault == "order":
            weights *= 0.9
        if self.fault == "sign":
            weights -= 0.01 * len(post)
        if self.fault == "patterns":
            post[:] = 0
        weights += post.T.astype(np.float32) @ pre.astype(np.float32)
        if self.fault == "units":
            weights[0] *= 2
        if self.fault == "ends" and np.array_equal(post, pre):
            np.fill_diagonal(weights, 0)
        if self.fault == "symmetric":
            weights *= np.arange(1, weights.shape[1] + 1, dtype=np.float32)
        return weights

    def factor(self, units, activity):
        return (2 if self.fault == "gain" else 1) / (units * activity)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("order", "claims order_free"),
        ("sign", "claims unsigned weights"),
        ("patterns", "changes the patterns"),
        ("units", r"relabelled|order_free"),
        ("ends", "two networks with the same patterns are taken for one"),
        ("counts", "from_counts differs from learning"),
        ("outer", "products are not the weights"),
        ("symmetric", r"relabelled|symmetric|order_free"),
        ("gain", r"separates active from inactive units by 2\.0000, wanted 1; mind factor"),
    ],
)
def test_a_broken_rule_is_told_which_law_it_breaks(fault: str, message: str) -> None:
    check_rule(Broken())
    with pytest.raises(AssertionError, match=f"Broken.*({message})"):
        check_rule(Broken(fault))


@dataclass(frozen=True)
class Odd(at.Dynamics):
    """Threshold units with one fault."""

    fault: str = ""
    values: ClassVar = "01"

    def activity(self, units: int) -> float | None:
        return 0.1 if self.fault == "sparseness" else None


@update.register
def _odd(dynamics: Odd, field, state, uniform):
    active = (field > 0.5).astype(float)
    if dynamics.fault == "alphabet":
        active *= 0.5
    if dynamics.fault == "trials":
        active[:] = active[0]
    if dynamics.fault == "units":
        active[:, 0] = 1
    if dynamics.fault == "monotone":
        active = ((field > 0.5) & (field < 1.0)).astype(float)
    if dynamics.fault == "veto":
        active = np.maximum(active, np.isinf(field))
    if dynamics.fault == "memory":
        active = (field > 3).astype(float)
    return active, None


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("alphabet", r"states are not all of \(0, 1\)"),
        ("sparseness", "units are active, prescribed 6"),
        ("trials", "depends on the others"),
        ("units", "relabelled units"),
        ("monotone", "a larger field switches unit"),
        ("veto", r"field -inf \(veto\) is active"),
        ("memory", r"Willshaw with Odd units loses the one pattern.*match 0\.00"),
    ],
)
def test_a_broken_dynamics_is_told_which_law_it_breaks(fault: str, message: str) -> None:
    check_dynamics(Odd())
    with pytest.raises(AssertionError, match=message):
        check_dynamics(Odd(fault))


@dataclass(frozen=True)
class Faint(at.Dynamics):
    """Hidden units that answer by the square of their field, with one fault."""

    fault: str = ""
    values: ClassVar = "01"
    graded: ClassVar[bool] = True


@update.register
def _faint(dynamics: Faint, field, state, uniform):
    answers = np.maximum(field, 0) ** 2
    if dynamics.fault == "sign":
        answers = np.where(field > -np.inf, field, 0)
    if dynamics.fault == "finite":
        answers[:, 0] = np.inf
    if dynamics.fault == "separation":
        answers = np.minimum(answers, 1)
    if dynamics.fault == "units":
        answers *= np.linspace(1, 1.1, answers.shape[1])
    return answers, None


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("sign", "some states are below 0"),
        ("finite", "some states are not finite"),
        ("separation", "far ahead of all others has 0.0. of the answers, wanted more than half"),
        ("units", "relabelled units"),
    ],
)
def test_a_broken_separation_is_told_which_law_it_breaks(fault: str, message: str) -> None:
    check_dynamics(Faint())
    with pytest.raises(AssertionError, match=f"Faint: .*{message}"):
        check_dynamics(Faint(fault))


@dataclass(frozen=True)
class Striped(at.Dynamics):
    """One winner in each of six blocks, and every unit with a field above 2.5 besides."""

    blocks: int = 6
    values: ClassVar = "01"

    def activity(self, units: int) -> float:
        return self.blocks / units


@update.register
def _striped(dynamics: Striped, field, state, uniform):
    by_block = field.reshape(len(field), dynamics.blocks, -1)
    best = by_block == by_block.max(axis=2, keepdims=True)
    return (best | (by_block > 2.5)).reshape(field.shape).astype(float), None


def test_a_block_with_two_winners_breaks_the_law_of_activity() -> None:
    with pytest.raises(AssertionError, match="Striped: . units are active, prescribed 6"):
        check_dynamics(Striped())


class Careless(Dense):
    """A form that forgets the first of its patterns when more come."""

    def learn(self, post, pre, activity):
        self.weights[:] = 0
        super().learn(post, pre, activity)


def test_a_broken_form_is_told_which_law_it_breaks() -> None:
    with pytest.raises(AssertionError, match="Careless of Willshaw: field differs from W s"):
        check_form(Careless, at.Willshaw())


class Generous(Dense):
    """A form whose winners may have any field."""

    def winners(self, indptr, indices, k, least):
        return super().winners(indptr, indices, k, 1.0)


class Deaf(Dense):
    """A form that says it learns sparse patterns and hears only the first."""

    learns_sparse = True

    def learn(self, post, pre, activity):
        if sparse.issparse(post):
            post, pre = post[:1].toarray(), pre[:1].toarray()
        super().learn(post, pre, activity)


def test_other_winners_and_lost_sparse_patterns_are_found() -> None:
    with pytest.raises(AssertionError, match="Generous of Willshaw: the 9 winners of at least 2.5"):
        check_form(Generous, at.Willshaw())
    with pytest.raises(AssertionError, match="Deaf of Willshaw: field differs from W s"):
        check_form(Deaf, at.Willshaw())


class Encoder:
    """Ten winners of a random projection, with one fault."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault

    def fit(self, inputs):
        self.weights = stream(0, "encoder").normal(size=(inputs.shape[1], 200))
        self.calls = 0
        return self

    def transform(self, inputs):
        self.calls += 1
        if self.fault == "rows":
            inputs = inputs - inputs.mean(axis=0)
        if self.fault == "calls":
            inputs = inputs + self.calls
        if self.fault == "near":
            inputs = np.sin(1e6 * inputs)
        codes = k_winners(inputs @ self.weights, 10, None)[0].astype(np.int8)
        if self.fault == "number":
            codes[0] = 0
        return codes * 2 if self.fault == "values" else codes


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("values", "values other than 0 and 1"),
        ("number", "rows have 0 to 10 active units"),
        ("calls", "another code at the second call"),
        ("rows", "depends on the other rows"),
        ("near", "near inputs share"),
    ],
)
def test_a_broken_encoder_is_told_which_law_it_breaks(fault: str, message: str) -> None:
    inputs = stream(0, "inputs").normal(size=(30, 20))
    check_encoder(Encoder(), inputs)
    with pytest.raises(AssertionError, match=f"Encoder.*{message}"):
        check_encoder(Encoder(fault), inputs)


class Faulty(Dual):
    """Keys and values, with one fault."""

    fault = ""

    def learn(self, post, pre, activity):
        factor = 2 if self.fault == "order" and self.count else 1
        super().learn(factor * post, pre, activity)

    def field(self, states):
        field = super().field(states)
        return field * (np.arange(field.shape[1]) if self.fault == "units" else 1)

    def scale(self, units, activity):
        return (2 if self.fault == "gain" else 1) * super().scale(units, activity)

    def restore(self, arrays):
        super().restore(arrays)
        if self.fault == "restore":
            self.learn(np.ones((1, self.shape[0])), np.ones((1, self.shape[1])), (None, None))

    def thinned(self, keep):
        return self if self.fault == "thinned" else super().thinned(keep)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("order", "01 to 01: storing in two goes differs"),
        ("units", "relabelled units do not get the relabelled field"),
        ("gain", "separates active from inactive units by 2.0000, wanted 1"),
        ("restore", "takes over what is held answers differently"),
        ("thinned", "without synapses there is a field"),
    ],
)
def test_a_broken_dual_form_is_told_which_law_it_breaks(fault: str, message: str) -> None:
    broken = type("Faulty", (Faulty,), {"fault": fault})
    with pytest.raises(AssertionError, match=message):
        check_form(broken, at.KeyValue(at.Softmax(0.5)))
    check_form(type("Sound", (Faulty,), {}), at.KeyValue(at.Softmax(0.5)))
