"""What the constructors of dynamics refuse, and how they say so."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

import attractors as at
from attractors.dynamics import DYNAMICS
from attractors.errors import ParameterError, PatternError, UnknownNameError, UnsupportedError


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: at.Softmax(0.0), r"Softmax: beta is 0\.0; .*above 0"),
        (lambda: at.Softmax("hot"), r"Softmax: beta is 'hot'"),
        (lambda: at.Power(1.0), r"Power: n is 1\.0; .*above 1"),
        (lambda: at.Blocks(0), "Blocks: blocks is 0; .*at least 1"),
        (lambda: at.Blocks(2.5), r"Blocks: blocks is 2\.5"),
        (lambda: at.Blocks(4, threshold=np.inf), "Blocks: threshold is inf"),
        (lambda: at.Blocks(4, temperature=-1.0), r"Blocks: temperature is -1\.0"),
        (lambda: at.Blocks(4, "all", temperature=0.1), "noise leaves no ties.*winners='one'"),
        (lambda: at.Adaptation(0.0), r"Adaptation: strength is 0\.0"),
        (lambda: at.Adaptation(0.5, -1.0), r"time_constant is -1\.0"),
        (lambda: at.Depression(0.0), r"Depression: use is 0\.0; .*above 0"),
        (lambda: at.Depression(1.5), r"Depression: use is 1\.5; .*at most 1"),
        (lambda: at.Depression(recovery=0.0), r"recovery is 0\.0"),
        (lambda: at.KWinners(3, adaptation=0.5), r"KWinners: adaptation is 0\.5; .*Adaptation\("),
        (lambda: at.Threshold(adaptation=at.Depression()), "Threshold: adaptation is Depression"),
        (lambda: at.Rate(depression=at.Adaptation(1.0)), "Rate: depression is Adaptation"),
        (lambda: at.Rate(response="tanh", depression=at.Depression()), "tanh.*'sigmoid' or 'relu'"),
    ],
)
def test_values_that_mean_nothing_are_refused(make, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: at.Blocks(4, "al"), r"winners of Blocks 'al'.*'all'"),
        (lambda: at.Blocks(4, count="maxx"), r"count of Blocks 'maxx'.*'max'"),
    ],
)
def test_a_misspelt_option_gets_its_near_miss(make, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        make()


@pytest.mark.parametrize(("blocks", "cure"), [(7, "98 units"), (200, "200 units")])
def test_blocks_that_the_units_do_not_make_are_refused_with_the_network(blocks, cure) -> None:
    with pytest.raises(ParameterError, match=rf"'n'.*100 units make no {blocks} equal.*{cure}"):
        at.AttractorNetwork("n", 100, at.Blocks(blocks))


def test_the_activity_of_blocks_is_one_unit_in_each() -> None:
    assert at.AttractorNetwork("n", 100, at.Blocks(20)).activity == 0.2


@pytest.mark.parametrize(
    ("threshold", "pattern", "message"),
    [
        (0.0, [1, 1, 0, 0], "'n': pattern 0 has 2 active units in block 0.*at most one"),
        (None, [1, 0, 0, 0], "'n': pattern 0 has 0 active units in block 1.*exactly one"),
    ],
)
def test_patterns_that_blocks_can_never_show_are_named(threshold, pattern, message) -> None:
    with pytest.raises(PatternError, match=message):
        at.Blocks(2, threshold=threshold).check_patterns(np.array([pattern]), "network 'n'")
    with pytest.raises(PatternError, match=message):
        at.Blocks(2, threshold=threshold).check_patterns(csr_array([pattern]), "network 'n'")
    network = at.AttractorNetwork("n", 4, at.Blocks(2, threshold=threshold), at.Willshaw())
    with pytest.raises(PatternError, match=message):
        at.Circuit(at.Architecture([network])).store(n=[pattern])


def test_patterns_with_silent_blocks_are_stored_where_blocks_may_be_silent() -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 4, at.Blocks(2))]))
    assert circuit.store(n=[[1, 0, 0, 0], [0, 1, 0, 1]])["n"].tolist() == [0, 1]


def test_a_diversion_onto_all_units_that_cannot_change_the_winners_is_refused() -> None:
    networks = [
        at.AttractorNetwork("s", 4, at.KWinners(2)),
        at.AttractorNetwork("n", 4, at.Blocks(2, threshold=None)),
    ]
    circuit = at.Circuit(at.Architecture(networks, [at.Diversion("s", "n")]))
    with pytest.raises(UnsupportedError, match=r"cannot change which units of 'n'.*threshold=0"):
        circuit.divert("s", "n", [[1, 1, 0, 0]])


def test_graded_dynamics_are_those_whose_states_are_real_numbers() -> None:
    graded = {name for name, kind in DYNAMICS.items() if kind.graded}
    assert graded == {"Rate", "Linear", "Softmax", "Power", "Exponential", "Sparsemax"}
