"""Where numbers come from: versions and source commit."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

LIBRARIES = ("numpy", "scipy", "pandas", "xarray")


def provenance() -> dict[str, str | None]:
    """Return the versions of what computes, and the source commit or None outside a checkout."""
    versions: dict[str, str | None] = {name: metadata.version(name) for name in LIBRARIES}
    return {
        "attractors": version(),
        "python": platform.python_version(),
        **versions,
        "platform": f"{platform.system()} {platform.machine()}",
        "source_commit": source_commit(),
    }


def continued(begun: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the provenance of what was begun with one and ended with another.

    Parameters
    ----------
    begun, now : mapping
        What :func:`provenance` said at the beginning, and what it says now.

    Returns
    -------
    dict
        What it says now, with ``begun_with``: what was other at the beginning, if anything was.

    Examples
    --------
    >>> continued({"numpy": "2.2", "scipy": "1.17"}, {"numpy": "2.3", "scipy": "1.17"})
    {'numpy': '2.3', 'scipy': '1.17', 'begun_with': {'numpy': '2.2'}}
    """
    changed = {key: value for key, value in begun.items() if value != now.get(key)}
    before = begun.get("begun_with", changed)
    return {**now, **({"begun_with": before} if before else {})}


def version() -> str:
    """Return the version of this package."""
    # imports point down; whoever runs this has imported the package already
    return str(sys.modules[__name__.partition(".")[0]].__version__)


def source_commit() -> str | None:
    """Return the commit of the checkout that the package runs from, "+" added if it is changed."""
    package = Path(__file__).parents[1]
    # an installed package may lie in somebody else's repository: it must be tracked there
    if _git(package, "ls-files", "--error-unmatch", "__init__.py") is None:
        return None
    commit = _git(package, "rev-parse", "HEAD")
    changed = _git(package, "status", "--porcelain", "--untracked-files=no", ".")
    return f"{commit}+" if commit and changed else commit


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git says, None if there is no git or it refuses."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
