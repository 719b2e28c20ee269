import numpy as np
import pytest

from attractors.kernels.fast import attention as fast
from attractors.kernels.fast import tile
from attractors.kernels.plain import attention as plain
from attractors.seeding import stream

BETA = 0.3
# fewer keys than a tile, as many, one block and a row, several blocks
KEYS = [1, tile.ROWS - 1, tile.ROWS, fast.KEYS + 1, 5 * fast.KEYS - 3]


def singles(key: str, *shape: int) -> np.ndarray:
    return stream(0, key, *shape).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("kernel", [fast, plain])
@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize(("cues", "units", "width"), [(1, 1, 1), (16, 8, 12), (33, 19, 37)])
def test_both_twins_fold_all_keys_to_what_double_precision_finds(kernel, keys, cues, units, width):
    source, stored = singles("cues", cues, units), singles("keys", keys, units)
    values = singles("values", keys, width)
    top, total, summed = kernel.attention_sums(source, stored, values, BETA)
    similar = source.astype(float) @ stored.T.astype(float)
    weights = np.exp(BETA * (similar - similar.max(axis=1, keepdims=True)))
    # a similarity is a sum of as many products as there are units, each rounded at 2^-24
    error = 2.0**-24 * units * (np.abs(source).astype(float) @ np.abs(stored.T)).max()
    assert top == pytest.approx(similar.max(axis=1), abs=error)
    # e^x is as uncertain as x, and sums over keys are rounded once a key
    relative = 2 * BETA * error + 2.0**-24 * (keys + 8)
    assert total == pytest.approx(weights.sum(axis=1), rel=relative)
    size = weights @ np.abs(values)
    assert (np.abs(summed - weights @ values) <= relative * size).all()
    kinds = (np.float32, np.float64, np.float32)
    assert tuple(array.dtype for array in (top, total, summed)) == kinds


@pytest.mark.parametrize("kernel", [fast, plain])
def test_keys_that_come_in_rising_order_outweigh_those_before(kernel):
    # the largest similarity rises in every block: what was summed before shrinks to nothing
    keys = np.arange(300, dtype=np.float32)[:, None]
    values = np.eye(300, dtype=np.float32)
    top, total, summed = kernel.attention_sums(np.ones((17, 1), np.float32), keys, values, 2.0)
    wanted = np.exp(2.0 * (np.arange(300.0) - 299.0))
    assert (top == 299).all()
    assert total == pytest.approx(np.full(17, wanted.sum()), rel=1e-6)
    assert summed[5] == pytest.approx(wanted, rel=1e-5, abs=1e-37)


def test_numbers_that_may_not_be_written_are_read():
    keys = singles("keys", 70, 8)
    keys.flags.writeable = False
    found = fast.attention_sums(singles("cues", 16, 8), keys, keys, BETA)
    wanted = plain.attention_sums(singles("cues", 16, 8), keys, keys, BETA)
    assert found[2] == pytest.approx(wanted[2], rel=1e-4, abs=1e-5)
