"""Count tables as synapses: seen in any form, saved, unlearned; large and sparse ones too."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.errors import MemoryLimitError, PatternError, UnsupportedError
from attractors.patterns import random_sparse
from attractors.rules import counts
from attractors.seeding import stream
from attractors.synapses import FORMS, Dense, Sparse, Synapses
from attractors.synapses.counted import Counted, counted_for

LEVELS = (0.1, 0.1)


def patterns(count: int = 12, units: int = 50, seed: int = 0) -> np.ndarray:
    return random_sparse(count, units, 5, stream(seed, "counted"))


def learned(rule: at.Rule, view: type[Synapses], rows: np.ndarray) -> Counted:
    table = Counted(rule, (rows.shape[1],) * 2, True, "m", view=view, activity=LEVELS)
    table.learn(rows, rows, LEVELS)
    return table


@pytest.mark.parametrize(
    "form", [name for name, kind in FORMS.items() if kind.refusal(at.Willshaw()) is None]
)
def test_a_clipped_rule_is_seen_in_every_form_that_can_hold_it(form: str) -> None:
    rows = patterns()
    direct = FORMS[form](at.Willshaw(), (50, 50), True, "m")
    direct.learn(rows, rows, LEVELS)
    table = learned(at.Willshaw(), FORMS[form], rows)
    assert np.array_equal(table.toarray(), direct.toarray())
    assert np.array_equal(table.field(rows), direct.field(rows))
    assert np.array_equal(table.fan_out, direct.fan_out)
    assert table.nbytes == table.counts.nbytes + direct.nbytes


@pytest.mark.parametrize("view", [Dense, Sparse])
def test_a_compressed_table_shows_the_same_weights(
    view: type[Synapses], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = patterns(4)
    full = learned(at.Willshaw(), view, rows)
    monkeypatch.setattr(counts, "SMALL", 0)
    small = learned(at.Willshaw(), view, sparse.csr_array(rows))
    assert sparse.issparse(small.counts.pairs)
    assert np.array_equal(small.toarray(), full.toarray())


@pytest.mark.parametrize("rule", [at.Covariance(), at.Hebbian()])
def test_graded_rules_see_a_compressed_table_as_well(
    rule: at.Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = patterns(4)
    full = learned(rule, Dense, rows)
    monkeypatch.setattr(counts, "SMALL", 0)
    assert np.array_equal(learned(rule, Dense, rows).toarray(), full.toarray())


def test_what_is_saved_and_restored_is_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    for small in (counts.SMALL, 0):
        monkeypatch.setattr(counts, "SMALL", small)
        table = learned(at.Willshaw(), Sparse, patterns(4))
        again = Counted(at.Willshaw(), (50, 50), True, "m", view=Sparse, activity=LEVELS)
        again.restore(table.arrays())
        assert again.counts.equals(table.counts)
        assert np.array_equal(again.toarray(), table.toarray())


def test_a_lesson_after_the_weights_were_seen_changes_them() -> None:
    table = learned(at.Willshaw(), Dense, patterns(4))
    before = table.count
    table.learn(patterns(3, seed=1), patterns(3, seed=1), LEVELS)
    assert table.count > before
    table.unlearn(patterns(3, seed=1), patterns(3, seed=1))
    assert table.count == before
    with pytest.raises(PatternError, match="never"):
        table.unlearn(patterns(1, seed=2), patterns(1, seed=2))
    assert table.count == before


def test_thinned_weights_are_weights_alone() -> None:
    table = learned(at.Willshaw(), Sparse, patterns())
    keep = np.arange(table.count) % 2 == 0
    assert isinstance(table.thinned(keep), Sparse)
    assert table.thinned(keep).count == keep.sum() < table.count


def test_fixed_weights_are_held_as_they_are() -> None:
    held = counted_for(at.Fixed(np.ones((3, 2))), (3, 2), False, "edge")
    assert isinstance(held, Dense)
    assert held.count == 6


def test_a_form_that_cannot_show_graded_weights_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="synapses of 'm': synapses='sparse' cannot hold"):
        counted_for(at.Covariance(0.1), (50, 50), True, "m", "sparse")


def test_a_table_that_does_not_fit_in_memory_is_refused() -> None:
    with pytest.raises(MemoryLimitError, match="keep='weights'"):
        counted_for(at.Hebbian(), (10**6, 10**6), True, "m")


def test_a_lesson_whose_counts_do_not_fit_in_memory_is_refused() -> None:
    table = Counted(at.Willshaw(), (10**6, 10**6), True, "m", view=Sparse)
    # half of a million units are active: no rule would take that, but nothing else refuses it here
    active = np.arange(0, 10**6, 2)
    entries = np.ones(len(active), np.int8), (np.zeros(len(active), int), active)
    half = sparse.csr_array(entries, shape=(1, 10**6))
    with pytest.raises(MemoryLimitError, match="counts of 'm' .*store fewer patterns"):
        table.learn(half, half, (0.5, 0.5))
