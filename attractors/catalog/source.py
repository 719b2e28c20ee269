"""Python files of others: read, executed, and their failures told in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from attractors.errors import AttractorsError, ModelError, OutputError


def execute(path: Path) -> ModuleType:
    """Return the module that a file makes; its folder is on the import path meanwhile.

    Raises
    ------
    OutputError
        If the file cannot be read.
    ModelError
        If it is no Python or fails; the message names file and line.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{str(path)!r} cannot be read: {error.strerror}. Check the path."
        ) from error
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise ModelError(f"{_place(path, line)}: {_reason(error)}") from error
    module = ModuleType(f"attractors model {path}")
    module.__file__ = str(path)
    # dataclasses look their module up
    sys.modules[module.__name__] = module
    with _importable(path.resolve().parent), failing(path):
        exec(code, module.__dict__)
    return module


@contextmanager
def failing(path: Path, function: Callable[..., Any] | None = None) -> Iterator[None]:
    """Turn any failure of a file's code into one error that names file and line.

    Parameters
    ----------
    path : Path
        The file.
    function : callable, optional
        What is called, named where the failure lies in the call itself.

    Raises
    ------
    ModelError
        In place of what was raised.
    """
    try:
        yield
    except (Exception, SystemExit) as error:
        code = getattr(function, "__code__", None)
        line = _line(path, error.__traceback__) or getattr(code, "co_firstlineno", None)
        raise ModelError(f"{_place(path, line)}: {_reason(error)}") from error


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """Let a file import its neighbours, as it could if it were run as a script."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def _line(path: Path, traceback: TracebackType | None) -> int | None:
    """Return the innermost line of the file that was being executed."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == str(path):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _place(path: Path, line: int | None) -> str:
    return f"{path}, line {line}" if line else str(path)


def _reason(error: BaseException) -> str:
    """Return the message on one line, with its kind unless it is one of ours."""
    message = " ".join((error.msg if isinstance(error, SyntaxError) else str(error)).split())
    if isinstance(error, AttractorsError):
        return message
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
