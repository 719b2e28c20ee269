import pytest

from attractors.errors import ParameterError
from attractors.seeding import stream


def draw(seed, *key):
    return stream(seed, *key).integers(2**62)


def test_equal_keys_give_equal_numbers():
    assert draw(3, "word", "cue", 1) == draw(3, "word", "cue", 1)


def test_seed_and_every_part_of_the_key_matter():
    keys = [
        (3, "word", 1),
        (4, "word", 1),
        (3, "word", 2),
        (3, "word"),
        (3, "wor", "d1"),
        (3, "word", "1"),
    ]
    assert len({draw(*key) for key in keys}) == len(keys)


@pytest.mark.parametrize("seed", [-1, 1.5, "1", None, True])
def test_seeds_that_are_no_whole_number_are_refused(seed):
    with pytest.raises(ParameterError, match="seed is"):
        stream(seed, "word")
