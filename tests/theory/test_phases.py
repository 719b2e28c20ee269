"""The phase diagram: published lines, both ends of each, and free energies by their definition."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import (
    hopfield_capacity,
    hopfield_glass_temperature,
    hopfield_phases,
    hopfield_state,
    hopfield_transition_load,
    hopfield_transition_temperature,
)
from attractors.theory.averages import averages
from attractors.theory.phases import without_overlap


def test_published_transitions() -> None:
    """Rows hop_aM and hop_Tc_*."""
    assert abs(hopfield_transition_load() - 0.0518543) <= 1e-5
    assert abs(hopfield_transition_temperature(0.01) - 0.7216) <= 1e-3
    assert abs(hopfield_transition_temperature(0.05) - 0.2164) <= 1e-3


def test_both_ways_along_the_transition_agree() -> None:
    assert hopfield_transition_load(hopfield_transition_temperature(0.03)) == pytest.approx(
        0.03, abs=1e-6
    )
    # replica symmetry lets the line bend back below T = 0.1
    upper = hopfield_transition_temperature(0.0525)
    assert 0.1 < upper < 0.2
    assert hopfield_transition_load(upper) == pytest.approx(0.0525, abs=1e-6)
    assert hopfield_transition_temperature(0.06) == 0.0
    assert hopfield_transition_load(1.0) == 0.0


def test_retrieval_and_glass_have_one_free_energy_on_the_line() -> None:
    for temperature in (0.0, 0.15, 0.6):
        load = hopfield_transition_load(temperature)
        found, glass = hopfield_state(load, temperature), without_overlap(load, temperature)
        assert found is not None
        assert found.free_energy == pytest.approx(glass.free_energy, abs=1e-10)


def free_energy(m: float, q: float, load: float, temperature: float) -> float:
    """f as a function of m and q, r at its saddle: stationary exactly at the states."""
    left = 1 - (1 - q) / temperature
    r = q / left**2
    heat = averages(m / temperature, math.sqrt(load * r) / temperature).ln_2cosh
    pair = math.log(left) - q / temperature / left
    whole = load + m * m + load * temperature * pair + load * r * (1 - q) / temperature
    return whole / 2 - temperature * heat


@pytest.mark.parametrize(("load", "temperature"), [(0.02, 0.5), (0.1, 0.1)])
def test_states_are_stationary_points_of_the_free_energy(load, temperature) -> None:
    for state in (hopfield_state(load, temperature), without_overlap(load, temperature)):
        assert state is not None
        m, q = state.overlap, state.order
        assert free_energy(m, q, load, temperature) == pytest.approx(state.free_energy, abs=1e-9)
        # the second derivatives are of order 1/T; their share of the slope is h²
        h = 1e-5
        for dm, dq in ((h, 0.0), (0.0, h)):
            ahead = free_energy(m + dm, q + dq, load, temperature)
            behind = free_energy(m - dm, q - dq, load, temperature)
            assert abs(ahead - behind) / (2 * h) < 1e-5


def test_the_glass_freezes_at_its_temperature() -> None:
    for load in (0.04, 1.0):
        line = hopfield_glass_temperature(load)
        assert without_overlap(load, line * 1.001).order == 0.0
        assert 0.0 < without_overlap(load, line * 0.999).order < 0.01
    assert without_overlap(0.1, 1e-6).free_energy == pytest.approx(
        without_overlap(0.1, 0.0).free_energy, abs=1e-5
    )


def test_the_diagram_names_what_its_lines_part() -> None:
    loads, temperatures = [0.01, 0.06, 0.2], [0.0, 0.3, 0.9, 1.2, 1.6]
    diagram = hopfield_phases(loads, temperatures)
    for load in loads:
        for temperature in temperatures:
            cell = diagram.sel(load=load, temperature=temperature)
            if load < cell.transition:
                expected = "retrieval"
            elif load < cell.capacity:
                expected = "metastable"
            else:
                expected = "glass" if load > cell.glass or temperature < 1 else "paramagnet"
            assert cell.phase == expected, (load, temperature)
            assert bool(np.isnan(cell.overlap)) == (load > cell.capacity)
    assert set(np.unique(diagram.phase)) == {"retrieval", "metastable", "glass", "paramagnet"}
    assert diagram.capacity.values[:2] == pytest.approx(
        [hopfield_capacity(), hopfield_capacity(temperature=0.3)]
    )


def test_a_diagram_is_saved_and_loaded(tmp_path) -> None:
    import xarray as xr

    diagram = hopfield_phases([0.05], [0.0, 0.5])
    diagram.to_netcdf(tmp_path / "phases.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "phases.nc", engine="h5netcdf") as loaded:
        assert loaded.load().phase.values.tolist() == diagram.phase.values.tolist()


@pytest.mark.parametrize("load", [1e-12, 1e-8, 1e-6])
def test_the_transition_ends_at_one_as_a_parabola(load: float) -> None:
    """Of two small loads, four times as much lies twice as far below T = 1, to leading order."""
    gaps = [1.0 - hopfield_transition_temperature(share * load) for share in (1.0, 4.0)]
    assert gaps[1] / gaps[0] == pytest.approx(2.0, abs=5 * gaps[1])
    assert hopfield_transition_load(1.0 - gaps[0]) == pytest.approx(load, rel=1e-6)


def test_the_transition_is_continuous_where_the_parabola_takes_over() -> None:
    below, above = (hopfield_transition_load(1.0 - gap) for gap in (3.003e-5, 2.997e-5))
    # a parabola falls by twice the relative step
    assert above / below == pytest.approx((2.997 / 3.003) ** 2, rel=1e-4)


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="load"):
        hopfield_phases([0.0], [0.1])
    with pytest.raises(ParameterError, match="temperature"):
        hopfield_phases([0.1], [-0.1])
    with pytest.raises(ParameterError, match="load"):
        hopfield_transition_temperature(-1.0)
    with pytest.raises(ParameterError, match="0 loads and 1 temperatures"):
        hopfield_phases([], [0.1])
