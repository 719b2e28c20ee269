"""Targets, and a model that runs on each."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from attractors.engines.spiking.targets.compilers import missing


def compiled(target, *marks):
    """A target as a parameter, skipped with the reason where it cannot compile."""
    lacks = missing(target)
    return pytest.param(target, marks=[*marks, pytest.mark.skipif(bool(lacks), reason=str(lacks))])


TARGETS = ["numpy", compiled("cpp_standalone"), compiled("cython", pytest.mark.slow)]


@pytest.fixture(params=TARGETS)
def target(request):
    """Every target; the compiled text of one is compiled once for all tests."""
    return request.param


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Where compiled code is kept: empty when the tests begin."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(scope="session")
def noisy():
    """The module of the small model."""
    path = Path(__file__).with_name("noisy.py")
    spec = importlib.util.spec_from_file_location("noisy", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
