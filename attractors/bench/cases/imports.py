"""What a script waits for before the first number: imports, and kernels that are loaded on use."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from attractors.bench.case import Case, Size
from attractors.bench.fresh import fresh, fresh_pairs
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace

BELOW = "import numpy, scipy.sparse, networkx"
# with everything that declaring, storing and recalling needs
USED = "import attractors as at\nat.Architecture, at.Circuit, at.Memory, at.RateEngine, at.Trial"
FIRST = """
    memory = at.Memory(256, at.{dynamics}, at.{rule}, synapses="{form}")
    memory.store(patterns)
    memory.recall(patterns[:4])
    memory.settle(patterns[0])
"""
BEFORE = """
    import numpy as np
    import attractors as at
    rng = np.random.default_rng(0)
    patterns = at.patterns.{patterns}
    at.Architecture, at.Circuit, at.Memory
"""
SPARSE = {"dynamics": "KWinners(8)", "patterns": "random_sparse(20, 256, 8, rng)"}
FORMS = {
    "packed": {**SPARSE, "rule": "Willshaw()"},
    "sparse": {**SPARSE, "rule": "Willshaw()"},
    "int16": {**SPARSE, "rule": "Covariance()"},
    "dense": {"dynamics": "Sign()", "patterns": "random_signs(20, 256, rng)", "rule": "Hebbian()"},
}


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure imports against those of the libraries below, then the first use of each form."""
    for work, code in (
        ("import attractors", "import attractors"),
        ("import attractors and the names that most scripts use", USED),
    ):
        ours, theirs = fresh_pairs(code, BELOW, size["runs"])
        yield Row(
            work,
            Spread.of(ours),
            against="numpy, scipy.sparse and networkx; ours by theirs",
            theirs=Spread.of(theirs),
            ratio=Spread.of(ours / theirs),
            bound=Bound(1.5, "most"),
        )
    for form, words in FORMS.items():
        before, code = BEFORE.format(**words), FIRST.format(form=form, **words)
        runs = size["runs"]
        seconds = [fresh(code, before) for _ in range(runs + (runs > 1))][-runs:]
        yield Row(
            f"first store, recall and settle of a process, {form}",
            Spread.of(np.array(seconds)),
            bound=Bound(1.0, "most"),
            note="compiled code cached, NumPy and attractors imported",
        )


CASE = Case(
    "imports",
    "imports, and the first use of a kernel",
    measure,
    full={"runs": 5},
    quick={"runs": 1},
)
