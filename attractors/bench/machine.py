"""On what it was measured."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

from attractors.kernels.threads import workers


def machine() -> dict[str, Any]:
    """Return processor, cores, threads, memory, versions, linear algebra and source commit."""
    import psutil
    from threadpoolctl import threadpool_info

    from attractors.studies.provenance import provenance

    return {
        **provenance(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "threads": workers(),
        "memory_bytes": psutil.virtual_memory().total,
        "linear_algebra": [
            f"{found['internal_api']} {found['version']} ({found['num_threads']} threads)"
            for found in threadpool_info()
            if found["user_api"] == "blas"
        ],
    }


def _processor() -> str:
    """Return the processor's name, which only Linux's list of them tells in full."""
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
