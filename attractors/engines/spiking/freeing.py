"""Memory that building a network has used and freed, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give back what is free, where the C library keeps it for later: on Linux.

    While Brian2 makes synapses it holds their ends several times over; the C library would keep
    some 25 bytes a synapse of that for as long as the process lives.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
