import numpy as np
import pytest

import attractors as at
from attractors.errors import ArchitectureError, ParameterError, UnknownNameError


def test_more_winners_than_units_are_refused():
    with pytest.raises(ParameterError, match=r"network 'word': .*k = 11 exceeds the 10 units"):
        at.AttractorNetwork("word", 10, at.KWinners(11))


@pytest.mark.parametrize("name", ["", "a/b", "a b", "a.b", 3])
def test_names_that_would_break_qualified_names_are_refused(name):
    with pytest.raises(ArchitectureError, match="is no name"):
        at.AttractorNetwork(name, 10, at.KWinners(2))


@pytest.mark.parametrize("units", [0, -1, 2.5, "10", True])
def test_units_must_be_a_whole_number_above_zero(units):
    with pytest.raises(ParameterError, match=r"units is .* whole number of at least 1"):
        at.AttractorNetwork("word", units, at.KWinners(2))


def test_negative_gain_is_refused():
    with pytest.raises(ParameterError, match=r"gain is -1.*at least 0"):
        at.AttractorNetwork("word", 10, at.KWinners(2), at.Willshaw(), gain=-1)


def test_rule_must_store_the_values_that_the_units_take():
    with pytest.raises(ArchitectureError, match="Willshaw stores 01 patterns, Sign units take ±1"):
        at.AttractorNetwork("word", 10, at.Sign(), at.Willshaw())


def test_classes_in_place_of_instances_are_refused_with_the_cure():
    with pytest.raises(ParameterError, match=r"give an instance, e.g. KWinners\(20\)"):
        at.AttractorNetwork("word", 10, at.KWinners)
    with pytest.raises(ParameterError, match=r"give an instance, e.g. Willshaw\(\)"):
        at.AttractorNetwork("word", 10, at.KWinners(2), at.Willshaw)


def test_fixed_weights_must_have_the_networks_shape():
    with pytest.raises(ArchitectureError, match=r"shape \(3, 3\) must be \(4, 4\)"):
        at.AttractorNetwork("word", 4, at.KWinners(2), at.Fixed(np.ones((3, 3))))


def test_activity_is_nominal_where_the_dynamics_prescribes_it():
    assert at.AttractorNetwork("word", 50, at.KWinners(5)).activity == 0.1
    assert at.AttractorNetwork("word", 50, at.Threshold()).activity is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: at.Sign(order="asynchronus"), "did you mean 'asynchronous'"),
        (lambda: at.Rate(response="sigmoidal"), "did you mean 'sigmoid'"),
    ],
)
def test_misspelt_options_suggest_the_near_miss(make, message):
    with pytest.raises(UnknownNameError, match=message):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: at.Sign(temperature=-1),
        lambda: at.Threshold(threshold=float("nan")),
        lambda: at.KWinners(0),
        lambda: at.Rate(time_constant=0),
        lambda: at.Rate(slope=-2),
    ],
)
def test_dynamics_refuse_impossible_parameters(make):
    with pytest.raises(ParameterError, match="it must be a"):
        make()
