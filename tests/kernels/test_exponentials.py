import numpy as np
import pytest

from attractors.kernels.fast import exponentials as fast
from attractors.kernels.plain import exponentials as plain
from attractors.seeding import stream


@pytest.mark.parametrize(("kind", "error"), [(np.float32, 3e-7), (np.float64, 1e-14)])
@pytest.mark.parametrize("cues", [1, 3, 64])
def test_both_twins_fold_blocks_alike(kind, error, cues):
    found = []
    for kernel in (fast, plain):
        rng = stream(0, "similar", cues)
        top, total, log = np.full(cues, -np.inf, kind), np.zeros(cues), []
        for spread in (1.0, 8.0, 3.0):
            similar = (spread * rng.normal(size=(50, cues))).astype(kind)
            log += [kernel.exponentials(similar, 0.7, top, total), similar]
        found.append([*log, top, total])
    for one, other in zip(*found, strict=True):
        assert one.dtype == other.dtype
        # e^x is as uncertain as x: similarities of up to 40 are rounded before
        assert one == pytest.approx(other, rel=40 * error, abs=1e-30)


@pytest.mark.parametrize("kernel", [fast, plain])
def test_the_sum_is_that_of_all_blocks_relative_to_the_largest(kernel):
    similar = stream(0, "similar").normal(size=(90, 4)).astype(np.float32) * 5
    top, total = np.full(4, -np.inf, np.float32), np.zeros(4)
    for block in np.split(similar.copy(), 3):
        kernel.exponentials(block, 2.0, top, total)
    assert np.array_equal(top, similar.max(axis=0))
    wanted = np.exp(2.0 * (similar.astype(float) - top)).sum(axis=0)
    assert total == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize("kernel", [fast, plain])
def test_what_lags_far_behind_counts_for_nothing(kernel):
    similar = np.array([[0.0], [-1e4], [-3e38]], np.float32)
    top, total = np.full(1, -np.inf, np.float32), np.zeros(1)
    kernel.exponentials(similar, 1.0, top, total)
    assert similar[:, 0] == pytest.approx([1, 0, 0], abs=1e-37)
    assert total[0] == 1.0
