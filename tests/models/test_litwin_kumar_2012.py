from __future__ import annotations

import importlib

import numpy as np
import pytest

from attractors import catalog
from attractors.catalog.source import execute

MODEL = catalog.load("litwin_kumar_2012")
MODULE = execute(MODEL.path)
SCRIPTS = MODEL.path.parent.parent / "tests" / "benchmarks" / "brian2_scripts"


@pytest.mark.slow
@pytest.mark.parametrize("claim", MODEL.claims, ids=lambda claim: claim.statement)
def test_claim_holds(claim):
    measured = claim.measure(0)
    assert claim.holds(measured), f"published {claim.published}, measured {measured}"


@pytest.mark.slow
@pytest.mark.parametrize("clustered", [True, False])
def test_it_does_what_the_script_by_hand_does(clustered, monkeypatch):
    """Other connections, the same network: means over networks within two standard errors."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("litwin_kumar_2012")
    ours = [MODULE.numbers(seed, clustered, count=4) for seed in range(4)]
    theirs = [script.run(seed, clustered, trials=4) for seed in range(4)]
    for what in ("rate_e", "rate_i", "fano", "cluster_rate_sd"):
        a, b = (np.array([row[what] for row in rows]) for rows in (ours, theirs))
        error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 4)
        assert abs(a.mean() - b.mean()) <= 2 * error, what


def test_weights_are_those_of_the_papers_table():
    """Areas J τ / τ_m of the currents, to the three decimals of the table."""
    w = MODULE._weights(4000, 1000, False, 1.0, 0)
    tau = {"EE": (3.0, 15.0), "IE": (3.0, 10.0), "EI": (2.0, 15.0), "II": (2.0, 10.0)}
    areas = {name: w[name].max() * decay / membrane for name, (decay, membrane) in tau.items()}
    table = {"EE": 0.024, "IE": 0.014, "EI": 0.045, "II": 0.057}
    for name, area in areas.items():
        assert abs(area - table[name]) <= 0.0005, (name, area)


@pytest.mark.parametrize("clustered", [True, False])
def test_connections_are_as_many_and_denser_within_clusters(clustered):
    weights = MODULE._recurrent(np.random.default_rng(1), 1000, clustered)
    cluster = np.arange(1000) // 20
    inside = (cluster[:, None] == cluster) & ~np.eye(1000, dtype=bool)
    outside = cluster[:, None] != cluster
    assert np.count_nonzero(weights) == round(0.2 * 1000 * 999)
    assert not weights.diagonal().any()
    ratio = (weights[inside] > 0).mean() / (weights[outside] > 0).mean()
    # a whole number of connections within clusters, 9,200 of them
    assert ratio == pytest.approx(2.5 if clustered else 1.0, abs=0.001)
    assert weights[inside].max() / weights[outside].max() == (1.9 if clustered else 1.0)


def test_a_small_network_runs_and_its_runs_differ():
    found = MODULE.numbers(1, count=2, scale=0.05, duration=250.0, settled=50.0, target="numpy")
    # refractory for 5 ms, a unit fires at less than 200 Hz
    assert 0.0 < found["rate_e"] < 200.0
    assert 0.0 < found["rate_i"] < 200.0
    assert found["fano"] > 0.0


def test_fano_factor_of_poisson_counts_is_one():
    counts = np.random.default_rng(2).poisson(3.0, (40, 20, 50))
    # the variance of a sample of 40 has a standard error of 0.24, over 1,000 of them 0.008
    assert abs(MODULE._fano(counts) - 1.0) < 0.03


def test_a_slow_rate_is_told_from_a_fast_one():
    rng = np.random.default_rng(3)
    slow = np.repeat(rng.uniform(0.0, 50.0, (12, 50)), 10, axis=0)
    assert MODULE._correlation(slow) > MODULE.SLOW
    assert MODULE._correlation(rng.permuted(slow, axis=0)) < MODULE.SLOW
