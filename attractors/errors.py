"""Errors: each derives from :class:`AttractorsError` and from the builtin that it refines."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class AttractorsError(Exception):
    """Base of every error that this package raises on purpose."""

    def __str__(self) -> str:
        """Return the message as written (``KeyError`` would quote it)."""
        return str(self.args[0]) if self.args else ""


class ParameterError(AttractorsError, ValueError):
    """A parameter has a value that is not allowed."""


class ArchitectureError(AttractorsError, ValueError):
    """Networks and edges do not form a valid graph."""


class PatternError(AttractorsError, ValueError):
    """Patterns have the wrong shape or values."""


class TrialError(AttractorsError, ValueError):
    """A trial cannot be carried out as written."""


class UnknownNameError(AttractorsError, KeyError):
    """A name is not among those that exist."""


class UnsupportedError(AttractorsError, NotImplementedError):
    """What is asked for cannot be done by this engine, rule or dynamics."""


class MemoryLimitError(AttractorsError, MemoryError):
    """The arrays asked for would not fit in memory."""


class OutputError(AttractorsError, OSError):
    """A file or folder cannot be written or read."""


class ModelError(AttractorsError, ValueError):
    """The file of a model fails or does not define what it must."""


class MissingExtraError(AttractorsError, ImportError):
    """An optional library is not installed."""


def unknown_name(kind: str, name: object, known: Iterable[str]) -> UnknownNameError:
    """Return the error for a name that does not exist, with the near miss suggested.

    Parameters
    ----------
    kind : str
        What the name should denote, e.g. ``"network"``.
    name : object
        What the user wrote.
    known : iterable of str
        The names that exist.
    """
    names = sorted(known)
    near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names) or 'none'}."
    return UnknownNameError(f"There is no {kind} {name!r}; {hint}")
