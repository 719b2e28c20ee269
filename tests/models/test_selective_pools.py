"""What both networks of selective pools have in common: cells, and synapses within and between."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from attractors import catalog
from attractors.catalog.source import execute


@pytest.mark.parametrize("name", ["brunel_wang_2001", "wang_2002"])
def test_cells_are_those_of_the_script_by_hand(
    name: str, script_by_hand: Callable[[str], ModuleType]
) -> None:
    script: Any = script_by_hand(name)
    from brian2 import ms, nF, nS

    for network, cell in script.CELLS.items():
        ours = catalog.load(name).engine("spiking").neurons_of(network)
        assert math.isclose(ours.capacitance, float(cell["C"] / nF) * 1000)
        assert math.isclose(ours.leak, float(cell["gL"] / nS))
        assert math.isclose(ours.refractory, float(cell["refractory"] / ms))
        assert math.isclose(ours.background.weight, float(cell["g_ext"] / nS))
        for receptor in ("ampa", "nmda", "gaba"):
            assert math.isclose(getattr(ours, receptor), float(cell[f"g_{receptor}"] / nS))
        for tau in ("tau_ampa", "tau_nmda", "tau_gaba"):
            assert math.isclose(getattr(ours, tau), float(script.SHARED[tau] / ms))


@pytest.mark.parametrize(
    ("name", "cells", "pools", "strong", "weak"),
    [("brunel_wang_2001", 800, 5, 2.1, 0.8778), ("wang_2002", 1600, 2, 1.7, 0.8765)],
)
def test_strong_synapses_are_made_up_for_by_weak_ones(
    name: str, cells: int, pools: int, strong: float, weak: float
) -> None:
    model: Any = execute(catalog.load(name).path)
    chosen = model.pools(cells)
    assert len(chosen) == pools
    size = int(chosen[0].sum())
    weights, last = model.weights(chosen), pools * size
    np.testing.assert_allclose(weights.mean(axis=1), 1.0)
    assert weights[0, size - 1] == weights[last - 1, last - size] == strong
    assert weights[0, size] == weights[0, cells - 1] == pytest.approx(weak, abs=1e-4)
    assert (weights[last:] == 1.0).all()
