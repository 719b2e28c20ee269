"""The scripts by hand that models are held against."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def script_by_hand(monkeypatch: pytest.MonkeyPatch, checkout: Path) -> Callable[[str], ModuleType]:
    """The function that imports the script in plain Brian2 of a model, by the model's name."""
    pytest.importorskip("brian2")
    monkeypatch.syspath_prepend(str(checkout / "tests" / "benchmarks" / "brian2_scripts"))
    return importlib.import_module
