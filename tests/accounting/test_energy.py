"""Energies of recalls, worked out by hand from the published constants."""

from __future__ import annotations

import pytest

from attractors.accounting import CORTEX, SILICON


def test_a_small_memory_of_whole_numbers_is_added_up_from_the_cache() -> None:
    # 1000 additions of 0.1 pJ and 800 bytes, 100 words of 100 pJ
    assert SILICON.recall(1000, 800, 2**20, whole=True) == pytest.approx(1e-10 + 1e-8)


def test_a_large_memory_is_read_from_main_memory() -> None:
    # 100 words of 1.3 to 2.6 nJ
    assert SILICON.recall(0, 800, 2**20 + 1, whole=True) == pytest.approx(1.95e-7)


def test_real_weights_need_floating_point() -> None:
    assert SILICON.recall(1000, 0, 0, whole=False) == pytest.approx(9e-10)


def test_an_event_in_cortex_takes_seven_femtojoules_and_moves_no_weight() -> None:
    # 4.1e4 ATP for the vesicle and 4.8e4 for the action potential, of 8.3e-20 J each
    assert CORTEX.recall(1, 1e9, 1e9, whole=False) == pytest.approx(7.4e-15, rel=0.01)


@pytest.mark.parametrize("energies", [SILICON, CORTEX])
def test_every_table_states_its_source(energies: object) -> None:
    assert "doi:10." in energies.source  # type: ignore[attr-defined]
