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
    freed: set[str]

    def free_read(self) -> None:
        """Let the program free here what it has read from files and copied into place by now."""
        names = [name for name in self.static_arrays if name not in self.freed]
        self.freed.update(names)
        code = (f"delete [] brian::{name};\nbrian::{name} = NULL;" for name in names)
        self.insert_code("main", "\n".join(code))


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
        device.folder, device.freed = folder, set()
        device.programs = (directory or CACHE) / "programs"
    # activation makes a new one, on whatever device is current by then
    device.defaultclock = None
    return device
