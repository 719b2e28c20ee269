"""Models: one file each, found by name beside the package or by path anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from attractors.catalog.claim import Claim, Measured
from attractors.catalog.source import execute, failing
from attractors.circuit import Circuit
from attractors.errors import ModelError, unknown_name
from attractors.protocol import Trial
from attractors.simulation import ENGINES, Engine, engine_named

PACKAGE = Path(__file__).resolve().parent.parent
WRITE = {
    "build": "def build(seed=0), which returns an at.Circuit",
    "trials": "def trials(circuit, seed=0), which returns a list of at.Trial",
}


@dataclass(frozen=True)
class Model:
    """A system that a file describes.

    Attributes
    ----------
    name : str
        The file's name without ``.py``.
    title : str
        First line of the file's docstring.
    reference : str
        Where the system was published, ``""`` if the file does not say.
    engines : tuple of str
        Engines that it runs on.
    build : callable
        From a seed to a circuit with patterns stored.
    trials : callable
        From a circuit and a seed to the trials that show it.
    claims : tuple of Claim
        Published numbers.
    path : Path
        The file.
    engine : callable
        From the name of an engine to the engine that the model runs on.
    """

    name: str
    title: str
    reference: str
    engines: tuple[str, ...]
    build: Callable[[int], Circuit]
    trials: Callable[[Circuit, int], list[Trial]]
    claims: tuple[Claim, ...]
    path: Path
    engine: Callable[[str], Engine] = engine_named


def names() -> list[str]:
    """Return the names of the models that ship with the package, in alphabetical order."""
    return sorted(_files())


def load(name: str) -> Model:
    """Return a model by its name, or from a user's own file by its path.

    Parameters
    ----------
    name : str
        One of :func:`names`, or the path of a Python file that defines ``build(seed)`` and
        ``trials(circuit, seed)`` and, if it likes, ``REFERENCE``, ``ENGINES``, ``CLAIMS`` and
        ``engine(name)``, which returns an engine with options of its own.

    Raises
    ------
    UnknownNameError
        If there is no model of that name.
    OutputError
        If there is no such file.
    ModelError
        If the file fails or does not define what it must; the message has the line.
    """
    shipped = _files()
    if name in shipped:
        return _model(shipped[name], execute(shipped[name]))
    path = Path(name)
    if path.suffix != ".py" and path.name == name:
        raise unknown_name("model", name, shipped)
    return _model(path, execute(path))


def _files() -> dict[str, Path]:
    """Return the shipped files by name: beside the modules in a wheel, else in the checkout."""
    for folder in (PACKAGE / "models", PACKAGE.parent / "models"):
        if folder.is_dir():
            return {p.stem: p for p in folder.glob("*.py") if not p.name.startswith("_")}
    return {}


def _model(path: Path, module: ModuleType) -> Model:
    for name, cure in WRITE.items():
        if not callable(getattr(module, name, None)):
            raise ModelError(f"{path}: there is no {name}(); write {cure}.")
    lines = (module.__doc__ or path.stem).strip().splitlines()
    return Model(
        name=path.stem,
        title=lines[0].rstrip("."),
        reference=str(getattr(module, "REFERENCE", "")),
        engines=_engines(path, getattr(module, "ENGINES", tuple(ENGINES))),
        build=partial(_build, path, module.build),
        trials=partial(_trials, path, module.trials),
        claims=_claims(path, getattr(module, "CLAIMS", ())),
        path=path,
        engine=partial(_engine, path, getattr(module, "engine", engine_named)),
    )


def _build(path: Path, function: Callable[..., Any], seed: int = 0) -> Circuit:
    with failing(path, function):
        circuit = function(seed)
    if not isinstance(circuit, Circuit):
        raise ModelError(f"{path}: build() returned {circuit!r}; return an at.Circuit.")
    return circuit


def _trials(
    path: Path, function: Callable[..., Any], circuit: Circuit, seed: int = 0
) -> list[Trial]:
    with failing(path, function):
        found = function(circuit, seed)
        trials = [found] if isinstance(found, Trial) else list(found)
    if not trials or not all(isinstance(trial, Trial) for trial in trials):
        raise ModelError(f"{path}: trials() returned {found!r}; return a list of at.Trial.")
    return trials


def _engine(path: Path, function: Callable[..., Any], name: str) -> Engine:
    with failing(path, function):
        engine: Engine = function(name)
    if not hasattr(engine, "compile"):
        raise ModelError(
            f"{path}: engine({name!r}) returned {engine!r}; return an engine such as "
            "at.SpikingEngine()."
        )
    return engine


def _engines(path: Path, found: Any) -> tuple[str, ...]:
    engines = _listed(path, "ENGINES", found, str)
    for engine in engines:
        if engine not in ENGINES:
            raise ModelError(f"{path}: ENGINES: {unknown_name('engine', engine, ENGINES)}")
    if not engines:
        raise ModelError(f"{path}: ENGINES is empty; name at least one of {', '.join(ENGINES)}.")
    return engines


def _claims(path: Path, found: Any) -> tuple[Claim, ...]:
    claims = _listed(path, "CLAIMS", found, Claim)
    return tuple(replace(c, measure=partial(_measure, path, c.measure)) for c in claims)


def _measure(path: Path, function: Callable[[int], Measured], seed: int) -> Measured:
    with failing(path, function):
        measured = function(seed)
    if not isinstance(measured, Measured):
        raise ModelError(f"{path}: a claim measured {measured!r}; return an at.Measured.")
    return measured


def _listed(path: Path, name: str, found: Any, kind: type) -> tuple[Any, ...]:
    """Return one item or several as a tuple."""
    items = tuple(found) if isinstance(found, tuple | list) else (found,)
    for item in items:
        if not isinstance(item, kind):
            raise ModelError(f"{path}: {name} holds {item!r}, which is no {kind.__name__}.")
    return items
