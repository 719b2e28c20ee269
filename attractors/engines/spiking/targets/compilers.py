"""Whether this machine can compile."""

from __future__ import annotations

import importlib.util
import os
import shutil
from functools import cache

UNIX = ("g++", "c++", "clang++")


@cache
def missing(target: str) -> str | None:
    """Return what a target lacks on this machine, None if nothing.

    Parameters
    ----------
    target : {"numpy", "cython", "cpp_standalone"}
        What Brian2 is to run on.
    """
    if target == "numpy":
        return None
    if target == "cython" and importlib.util.find_spec("Cython") is None:
        return "no Cython"
    if os.name == "nt":
        # Brian2 finds the compiler in the registry, not on the path
        return None
    named = os.environ.get("CXX", "").split()[:1]
    if not any(map(shutil.which, [*named, *UNIX])):
        return "no C++ compiler"
    if target == "cpp_standalone" and shutil.which("make") is None:
        return "no make"
    return None
