"""Seconds that code takes in a process that has loaded nothing yet."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import numpy as np
from numpy.typing import NDArray


def fresh(code: str, before: str = "") -> float:
    """Return the seconds that code takes in a new interpreter, whose own start is not counted.

    Parameters
    ----------
    code : str
        What is timed.
    before : str
        What runs first and is not timed.
    """
    timed = (
        f"{textwrap.dedent(before)}\nimport time\nbegan = time.perf_counter()\n"
        f"{textwrap.dedent(code)}\nprint(time.perf_counter() - began)"
    )
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return float(done.stdout.split()[-1])


def fresh_pairs(
    ours: str, theirs: str, pairs: int, before: str = ""
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the seconds of two codes, each measurement in a new interpreter, in turns.

    A first round, which reads files from disk and fills caches of compiled code, is left out,
    unless it is the only one.
    """
    rounds = pairs + (pairs > 1)
    seconds = np.array([[fresh(code, before) for code in (ours, theirs)] for _ in range(rounds)])
    return seconds[-pairs:, 0], seconds[-pairs:, 1]
