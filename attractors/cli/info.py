"""``attractors info``: versions, engines and machine, as a bug report needs them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from attractors.cli.group import examples
from attractors.cli.output import as_json, table

SHORT = "Show versions, engines and the machine."
HELP = "Show versions, engines and the machine; paste it into a bug report."
LIBRARIES = ("numpy", "scipy", "xarray", "h5netcdf", "networkx", "scikit-learn", "matplotlib")
# the distribution that an engine stands on, where it needs one of its own
NEEDS = {"spiking": "brian2"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples("attractors info", "attractors info --json")
    app.command("info", help=HELP, short_help=SHORT, epilog=epilog)(info)


def info(
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show versions, engines and the machine."""
    found = collect()
    if json:
        typer.echo(as_json(found))
        return
    rows = [("attractors", found["attractors"]), ("python", found["python"])]
    rows += [("platform", found["platform"])]
    rows += [("processors", str(found["processors"]))]
    rows += [("memory", f"{found['memory_bytes'] / 2**30:.1f} GiB")]
    rows += [(f"engine {name}", state) for name, state in found["engines"].items()]
    rows += [(name, version or "not installed") for name, version in found["libraries"].items()]
    typer.echo(table(("what", "is"), rows))


def collect() -> dict[str, Any]:
    """Return what the command shows."""
    import os
    import platform

    import psutil

    from attractors import __version__
    from attractors.dynamics import DYNAMICS
    from attractors.rules import RULES
    from attractors.simulation import ENGINES

    return {
        "attractors": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "engines": {name: _engine(NEEDS.get(name)) for name in ENGINES},
        "dynamics": sorted(DYNAMICS),
        "rules": sorted(RULES),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _engine(distribution: str | None) -> str:
    if distribution is None:
        return "ready"
    version = _version(distribution)
    return f"ready ({distribution} {version})" if version else f"{distribution} is not installed"


def _version(distribution: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
