"""The window of STDP, measured from pairs of spikes, is the one that is declared."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, UnknownNameError

LAGS = np.array([-60.0, -20.0, -5.0, -0.1, 0.0, 0.1, 5.0, 20.0, 60.0])


def pairs(lags):
    """A spike of the source at 100 ms, one of the target later by a lag."""
    return [[100.0]] * len(lags), [[100.0 + lag] for lag in lags]


def window(rule, lags, up, down):
    fitting = rule.potentiation * up * np.exp(-lags / rule.tau_pre)
    opposing = -rule.depression * down * np.exp(lags / rule.tau_post)
    return np.where(lags >= 0, fitting, opposing)


@pytest.mark.parametrize("bounds", ["hard", "soft"])
def test_pairs_of_spikes_measure_the_declared_exponentials(taught, bounds):
    rule = at.STDP(
        tau_pre=17.0,
        tau_post=34.0,
        potentiation=0.01,
        depression=0.006,
        bounds=bounds,
        maximum=2.0,
    )
    start = 0.5
    up, down = (2.0, 2.0) if bounds == "hard" else (2.0 - start, start)
    measured = taught(rule, *pairs(LAGS), start) - start
    assert measured == pytest.approx(window(rule, LAGS, up, down), rel=1e-9)


def test_all_pairs_count(taught):
    rule = at.STDP(potentiation=0.001, depression=0.002, maximum=1.0)
    arrivals, fired = [10.0, 15.0, 40.0, 90.0], [12.0, 41.0, 60.0]
    lags = np.subtract.outer(fired, arrivals).ravel()
    expected = 0.5 + window(rule, lags, 1.0, 1.0).sum()
    assert taught(rule, [arrivals], [fired], 0.5)[0] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("bounds", ["hard", "soft"])
@pytest.mark.parametrize(("lag", "end"), [(1.0, 1.0), (-1.0, 0.0)])
def test_weights_stay_within_their_bounds(taught, bounds, lag, end):
    # amplitudes with which a single burst goes far beyond
    rule = at.STDP(potentiation=0.7, depression=0.7, bounds=bounds)
    arrivals = np.arange(100.0, 400.0, 5.0)
    (weight,) = taught(rule, [arrivals], [arrivals + lag], 0.4)
    assert 0.0 <= weight <= 1.0
    assert weight == pytest.approx(end, abs=0.5)


def test_uncorrelated_spikes_weaken_a_synapse_by_default(taught):
    draws = np.random.default_rng(0)
    times = [[np.sort(draws.choice(20000, 80, False)) / 10.0 for _ in range(200)] for _ in "ab"]
    change = taught(at.STDP(), *times, 0.5).mean() - 0.5
    # rate² (A+ τ+ - A- τ-) T at 40 Hz for 2 s
    expected = 0.04**2 * 20.0 * (0.005 - 0.00525) * 2000.0
    # A+ √(pairs within τ) is the spread of one synapse's sum of about 64 pairs of each kind
    spread = 0.005 * np.sqrt(2 * 64 / 200)
    assert change == pytest.approx(expected, abs=3 * spread)
    assert at.STDP().potentiation * 20.0 < at.STDP().depression * 20.0


def test_values_that_make_no_sense_are_refused():
    with pytest.raises(ParameterError, match="tau_pre is 0"):
        at.STDP(tau_pre=0.0)
    with pytest.raises(ParameterError, match="depression is -1"):
        at.STDP(depression=-1.0)
    with pytest.raises(ParameterError, match="candidates is 1.5"):
        at.STDP(candidates=1.5)
    with pytest.raises(UnknownNameError, match="did you mean 'soft'"):
        at.STDP(bounds="sofd")
    with pytest.raises(ParameterError, match="plasticity is 'stdp'"):
        at.Transmission(plasticity="stdp")
