"""What a file says of the software that wrote it."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version


def versions(*libraries: str) -> dict[str, str]:
    """Return the versions of Python, of this package and of some libraries."""
    found = {"python": platform.python_version()}
    for name in ("attractor-networks", *libraries):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # we ourselves, used from a checkout on the path
            found[name] = "not installed"
    return found
