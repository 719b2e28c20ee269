"""Memory of this process."""

from __future__ import annotations

import sys


def peak() -> int:
    """Return the most memory that this process has held since it began, in bytes.

    What a case used is the peak of a process of its own; see :mod:`attractors.bench.run`.
    """
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    # in bytes on macOS, in KiB elsewhere
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
