"""Fingerprints of rows that are stored together, and how often each was."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from attractors.circuit.register import Register, fingerprints

A = np.array([[1, 1, 0, 0], [0, 1, 1, 0]], np.int8)
B = np.array([[0, 1], [1, 0]], np.int8)


def test_the_same_row_has_the_same_fingerprint_however_it_is_given() -> None:
    wanted = list(fingerprints({"a": A, "b": B}))
    assert list(fingerprints({"b": B, "a": sparse.csr_array(A)})) == wanted
    assert list(fingerprints({"a": 2 * A - 1, "b": B})) == wanted, "±1 count by what is active"


def test_other_rows_other_partners_and_other_names_have_other_fingerprints() -> None:
    found = [
        *fingerprints({"a": A, "b": B}),
        *fingerprints({"a": A, "b": B[::-1]}),
        *fingerprints({"a": A}),
        *fingerprints({"b": B}),
        *fingerprints({"ab": A}),
        *fingerprints({"a": A * 0.5}),
    ]
    assert len(set(found)) == len(found) == 12


def test_what_is_struck_out_as_often_as_it_was_entered_is_gone() -> None:
    register, places = Register(), {"a": np.array([0, 1])}
    register.enter({"a": A}, places)
    register.enter({"a": A[:1]}, {"a": np.array([0])})
    register.leave({"a": A}, places)
    assert register.kept("a").tolist() == [True, False]
    register.drop("a", register.kept("a"))
    assert register.times["a"].tolist() == [1]
    assert len(register.rows) == 1
