"""Reading Kanerva's memory: published simulations, memories that are filled, and capacity."""

import math

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError


def test_published_capacities() -> None:
    assert abs(at.theory.kanerva_capacity(1000, 1e6, 0.001) - 54006) <= 1
    # the note of the same row
    assert abs(at.theory.kanerva_capacity(1000, 1e6, 0.001, success=0.5) - 96804) <= 1


@pytest.mark.parametrize(
    ("words", "distance", "independent", "tolerance", "auto"),
    [
        (500, 10, 0.64, 0.35, 0.455),
        (500, 20, 5.785, 0.6942, 4.04),
        (2000, 0, 0.515, 0.35, 0.23),
        (2000, 10, 15.18, 1.8216, 8.65),
        (2000, 20, 37.04, 4.4448, 22.55),
    ],
)
def test_published_small_memories(words, distance, independent, tolerance, auto) -> None:
    arguments = (256, 105, 20000, words, distance)
    for own, published in ((False, independent), (True, auto)):
        found = at.theory.kanerva_distance(*arguments, auto=own)
        assert abs(found - published) <= tolerance, f"auto={own}: {found}"


@pytest.mark.parametrize(
    ("distance", "published"),
    [(150, 94.583333), (200, 180.41667), (240, 243.41667), (260, 273.66667)],
)
def test_published_memory_at_full_size(distance: int, published: float) -> None:
    found = at.theory.kanerva_distance(1000, 451, 10**6, 10000, distance)
    assert abs(found - published) <= 0.15 * published, f"{found}"


def wrong_units(units, radius, locations, words, distance, auto, rng) -> float:
    """Mean wrong units over 40 cues of a memory that is filled."""
    addresses = rng.choice([-1, 1], (locations, units)).astype(np.float32)
    stored = rng.choice([-1, 1], (words, units)).astype(np.float32)
    data = stored if auto else rng.choice([-1, 1], (words, units)).astype(np.float32)
    reach = units - 2 * radius
    counters = (stored @ addresses.T >= reach).astype(np.float32).T @ data
    cues = stored[:40].copy()
    for cue in cues:
        cue[rng.choice(units, distance, replace=False)] *= -1
    read = (cues @ addresses.T >= reach).astype(np.float32) @ counters * data[:40]
    return float(((read < 0) + 0.5 * (read == 0)).sum(axis=1).mean())


@pytest.mark.parametrize("auto", [False, True])
@pytest.mark.parametrize(("units", "radius", "distance"), [(100, 40, 6), (128, 54, 12)])
def test_memories_that_are_filled_read_as_far(units, radius, distance, auto) -> None:
    rng = np.random.default_rng(units)
    seen = [wrong_units(units, radius, 2000, 250, distance, auto, rng) for _ in range(25)]
    expected = at.theory.kanerva_distance(units, radius, 2000, 250, distance, auto=auto)
    error = np.std(seen, ddof=1) / math.sqrt(len(seen))
    # the noise is taken as Gaussian: a few percent
    assert abs(np.mean(seen) - expected) < 4 * error + 0.03 * expected, f"{seen} {expected}"
    assert 1 < expected < units / 3


def test_capacity_counts_what_words_share_as_the_distance_does() -> None:
    # reading at a stored address: a word in T is whole with probability one half
    units, radius, locations = 256, 103, 200_000
    p = at.theory.kanerva_activation(units, radius)
    words = at.theory.kanerva_capacity(units, locations, p, 0.5, shared=True)
    wrong = at.theory.kanerva_distance(units, radius, locations, round(words), 0, auto=False)
    assert math.exp(-wrong) == pytest.approx(0.5, abs=0.12)
    alone = at.theory.kanerva_capacity(units, locations, p, 0.5)
    assert alone == pytest.approx(words * (1 + p * p * locations))


def test_published_best_radii_for_capacity_and_for_critical_distance() -> None:
    # notes of row sdm_snr_64_1024: 5 and 15, at all 2^64 addresses and 1,024 words
    units, everywhere = 64, 2**64
    capacities = {
        radius: at.theory.kanerva_capacity(
            units, float(everywhere), at.theory.kanerva_activation(units, radius), shared=True
        )
        for radius in range(1, 20)
    }
    assert max(capacities, key=capacities.__getitem__) == 5
    arguments = (units, 15, everywhere, 1024)
    critical = at.theory.kanerva_critical_distance(*arguments, auto=False)
    for radius in range(1, 28):
        other = at.theory.kanerva_critical_distance(units, radius, everywhere, 1024, auto=False)
        assert other <= critical


@pytest.mark.parametrize("auto", [False, True])
def test_critical_distance_is_where_reading_stops_to_help(auto: bool) -> None:
    arguments = (256, 105, 20000, 1000)
    critical = at.theory.kanerva_critical_distance(*arguments, auto=auto)
    inside, outside = (
        at.theory.kanerva_distance(*arguments, distance, auto=auto)
        for distance in (critical, critical + 1)
    )
    assert inside < critical
    assert outside >= critical + 1


def test_one_word_alone_is_read_from_its_address_and_forgotten_among_too_many() -> None:
    assert at.theory.kanerva_distance(256, 105, 20000, 1, 0) < 1e-9
    # a location that nothing reaches leaves a guess
    assert at.theory.kanerva_distance(256, 60, 10, 1, 0) == pytest.approx(128)
    assert at.theory.kanerva_critical_distance(64, 20, 1000, 100_000, auto=False) == 0
    crowded = at.theory.kanerva_distance(64, 24, 1000, 10**7, 3, auto=False)
    assert crowded == pytest.approx(32, abs=0.5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.kanerva_capacity(10, 100.0, 0.0),
        lambda: at.theory.kanerva_capacity(10, 100.0, 0.1, success=1.0),
        lambda: at.theory.kanerva_capacity(10, 100.0, 0.1, success=1e-4),
        lambda: at.theory.kanerva_distance(10, 3, 100, 5, 11),
        lambda: at.theory.kanerva_distance(10, 3, 0, 5, 1),
        lambda: at.theory.kanerva_critical_distance(10, 3, 100, 0),
        lambda: at.theory.kanerva_distance(100, 100, 50, 10, 5),
        lambda: at.theory.kanerva_critical_distance(100, 100, 50, 10),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(ParameterError, match="kanerva_"):
        call()
