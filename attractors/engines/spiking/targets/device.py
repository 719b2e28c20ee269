"""Devices of our own, so that those of the caller are never touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from brian2.codegen.runtime.cython_rt.extension_manager import get_cython_cache_dir
from brian2.devices.cpp_standalone.device import CPPStandaloneDevice
from brian2.devices.device import RuntimeDevice

# beside Brian2's folder, for it empties its own
CACHE = Path(get_cython_cache_dir()).parent / "attractors"
# one for all runs: compiled random numbers leave a buffer behind in every device they ran on
_RUNTIME = RuntimeDevice()


class Standalone(CPPStandaloneDevice):  # type: ignore[misc]
    """Brian2's standalone device with the folders that a session needs."""

    folder: Path
    programs: Path


def device_of(target: str, folder: Path, directory: Path | None) -> Any:
    """Return a device for a target, to be activated once it is the current one.

    Parameters
    ----------
    target : str
        ``"numpy"``, ``"cython"`` or ``"cpp_standalone"``.
    folder : Path
        Where a standalone project is written to.
    directory : Path, optional
        Where compiled programs are kept; by default beside Brian2's compiled modules.
    """
    device = _RUNTIME
    if target == "cpp_standalone":
        device = Standalone()
        device.folder = folder
        device.programs = (directory or CACHE) / "programs"
    # activation makes a new one, on whatever device is current by then
    device.defaultclock = None
    return device
