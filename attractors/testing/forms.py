"""The laws of synapse forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.rules import Rule
from attractors.seeding import stream
from attractors.synapses import Dense, Dual, Synapses
from attractors.testing.duals import check_dual
from attractors.testing.require import close, require
from attractors.testing.samples import SOURCE, UNITS, Patterns, levels_of, sample


def check_form(form: type[Synapses], rule: Rule, seed: int = 0) -> None:
    """Hold a synapse form against the full matrix that a rule makes.

    Field, bias, scale, columns, triples, fan-out and thinning must be those of the matrix,
    whether the patterns came at once or in two goes (for a ``sequential`` rule, whose lessons are
    sequences of their own, in two goes both), recurrent or not, sparse or in full where the form
    learns sparse ones, and after what is held was taken over by another instance. So must the
    winners of a clipped rule, whose fields are whole numbers. A dual form is excused from fan-out
    and thinning: its synapses are others. Where the rule is dual, and makes no matrix, the laws
    are those of :mod:`attractors.testing.duals`.

    Parameters
    ----------
    form : type of Synapses
        The form.
    rule : Rule
        A rule that the form can hold.
    seed : int
        Seed of the random patterns.
    """
    if rule.dual:
        check_dual(form, rule, seed)
        return
    rng = stream(seed, "form")
    for recurrent in (False, True):
        post = sample(rule, 6, UNITS, seed)
        pre = post if recurrent else sample(rule, 6, SOURCE, seed)
        shape = post.shape[1], pre.shape[1]
        full, held = Dense(rule, shape, recurrent), form(rule, shape, recurrent)
        goes = [slice(2), slice(2, None)]
        for part in goes if rule.sequential else [slice(None)]:
            full.learn(post[part], pre[part], levels_of(rule))
        for part in goes:
            held.learn(post[part], pre[part], levels_of(rule))
        restored = form(rule, shape, recurrent)
        restored.restore(held.arrays())
        for one in (held, restored, *_learned_sparsely(form, rule, post, pre)):
            _check_equal_forms(one, full, pre, rng)


def _learned_sparsely(
    form: type[Synapses], rule: Rule, post: Patterns, pre: Patterns
) -> Iterator[Synapses]:
    """Yield synapses that learned sparse patterns, if the form can and they are 0/1."""
    if not form.learns_sparse or rule.values != "01":
        return
    recurrent = pre is post
    held = form(rule, (post.shape[1], pre.shape[1]), recurrent)
    for part in (slice(2), slice(2, None)):
        target = sparse.csr_array(post[part])
        held.learn(target, target if recurrent else sparse.csr_array(pre[part]), levels_of(rule))
    yield held


def _check_equal_forms(
    held: Synapses, full: Dense, pre: Patterns, rng: np.random.Generator
) -> None:
    who = f"{type(held).__name__} of {type(held.rule).__name__}"
    matrix = full.weights.astype(float)
    states = np.concatenate([pre, rng.integers(0, 2, (4, pre.shape[1]))]).astype(np.float64)
    require(close(held.field(states), states @ matrix.T), f"{who}: field differs from W s")
    same = full.scale(pre.shape[1], 0.1), held.scale(pre.shape[1], 0.1)
    require(bool(np.isclose(*same)), f"{who}: scale is {same[1]:g}, for the matrix {same[0]:g}")
    bias = [np.zeros(1) if one.bias is None else one.bias for one in (held, full)]
    require(close(*bias), f"{who}: bias differs from that beside the matrix")
    for unit in (0, pre.shape[1] - 1):
        require(close(held.column(unit), matrix[:, unit]), f"{who}: column {unit} differs from W")
    require(close(_matrix(held), matrix), f"{who}: triples do not make up W")
    if held.rule.clipped:
        _check_winners(held, full, pre, who)
    if isinstance(held, Dual):
        return
    fan_out = (matrix != 0).sum(axis=0)
    require(np.array_equal(held.fan_out, fan_out), f"{who}: fan_out does not count the columns")
    keep = rng.random(held.count) < 0.5
    thinned = held.thinned(keep)
    wanted = _matrix(held, keep)
    require(close(_matrix(thinned), wanted), f"{who}: thinned keeps others than the chosen ones")
    require(close(_matrix(held), matrix), f"{who}: thinned changes the original")


def _check_winners(held: Synapses, full: Dense, pre: Patterns, who: str) -> None:
    """Require the winners of the field, for cues from a few units to all that are active."""
    for size in (1, 3, pre.shape[1]):
        cues = sparse.csr_array(pre * (np.cumsum(pre, axis=1) <= size))
        lists = cues.indptr.astype(np.int64), cues.indices.astype(np.int32)
        for k, least in ((1, 1.0), (4, 1.0), (9, 2.5)):
            ours, theirs = (one.winners(*lists, k, least) for one in (held, full))
            require(
                all(np.array_equal(ours[i], theirs[i]) for i in range(3)),
                f"{who}: the {k} winners of at least {least:g} for cues of up to {size} units are "
                "not those of the field",
            )


def _matrix(synapses: Synapses, keep: NDArray[np.bool_] | slice = slice(None)) -> NDArray[Any]:
    post, pre, weights = synapses.triples()
    matrix = np.zeros(synapses.shape)
    np.add.at(matrix, (post[keep], pre[keep]), weights[keep])
    return matrix
