"""What every test gets: one thread, no window, no cached state from a run before."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

# Before NumPy and matplotlib are imported: BLAS threads of two workers would fight for two cores.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
os.environ["MPLBACKEND"] = "Agg"
# Rich and typer wrap and colour their output by the terminal, which tests do not have.
os.environ.update(COLUMNS="100", NO_COLOR="1", TERM="dumb")
os.environ.pop("FORCE_COLOR", None)

import numpy as np
import pytest
from hypothesis import settings

# Two loaded cores are no reason to fail, and a failure must come back on the next run.
settings.register_profile("attractors", deadline=None, derandomize=True, database=None)
settings.load_profile("attractors")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds setup.cfg."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """A generator of the test's own: the same numbers whatever runs before it."""
    return np.random.default_rng(list(request.node.name.encode()))


@pytest.fixture(autouse=True)
def global_randomness_untouched() -> Iterator[None]:
    """Fail a test after which NumPy's global generator stands elsewhere than before it."""
    kind, keys, *rest = np.random.get_state()  # noqa: NPY002 -- the global state is what is held
    yield
    kind_after, keys_after, *rest_after = np.random.get_state()  # noqa: NPY002
    unchanged = kind == kind_after and rest == rest_after and np.array_equal(keys, keys_after)
    assert unchanged, "the test changed NumPy's global random state"


@pytest.fixture(autouse=True)
def figures_closed() -> Iterator[None]:
    """Close what a test has drawn; matplotlib warns, hence fails, at the twenty-first figure."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
