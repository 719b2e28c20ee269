"""Cython modules that Brian2 compiles, with a word to the user before the first."""

from __future__ import annotations

import os
from typing import Any

from brian2.codegen.runtime.cython_rt import cython_rt
from brian2.codegen.runtime.cython_rt.extension_manager import CythonExtensionManager

from attractors.engines.spiking.targets.telling import compiling

# of a network with two synapse objects, on one core beside other work
SECONDS = 70.0


class AnnouncedModules(CythonExtensionManager):  # type: ignore[misc]
    """Loads modules as Brian2 does, and says when one has to be compiled."""

    def __init__(self) -> None:
        super().__init__()
        self.compiled = 0

    def _load_module(self, module_path: str, *rest: Any, **options: Any) -> Any:
        if os.path.isfile(module_path):
            return super()._load_module(module_path, *rest, **options)
        self.compiled += 1
        with compiling("cython", SECONDS, part=self.compiled):
            return super()._load_module(module_path, *rest, **options)


def announce() -> Any:
    """Put a manager that announces in the place of Brian2's own, which is returned."""
    before = cython_rt.cython_extension_manager
    cython_rt.cython_extension_manager = AnnouncedModules()
    return before


def give_back(before: Any) -> None:
    """Put Brian2's own manager back."""
    cython_rt.cython_extension_manager = before
