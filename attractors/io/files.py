"""One way to save and one to load, whatever it is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from attractors.architecture import Architecture
from attractors.circuit import Circuit
from attractors.errors import AttractorsError, OutputError, UnsupportedError
from attractors.files import whole_file
from attractors.io.architecture import read_architecture, write_architecture
from attractors.io.circuit import read_circuit, write_circuit
from attractors.io.recording import read_recording, write_recording
from attractors.recording import Recording

ENDINGS: dict[type, str] = {Recording: ".nc", Architecture: ".json", Circuit: ".npz"}


def save(item: Recording | Architecture | Circuit, path: str | os.PathLike[str]) -> None:
    """Write a recording (``.nc``, netCDF 4), an architecture (``.json``) or a circuit (``.npz``).

    Parameters
    ----------
    item : Recording, Architecture or Circuit
        What :func:`load` returns equal.
    path : str or path
        File in an existing folder; replaced only once the new one is complete.

    Raises
    ------
    OutputError
        If the ending does not fit or the file cannot be written; nothing is left behind.
    UnsupportedError
        If there is no file format for such an object.

    Notes
    -----
    A recording's ``provenance`` attribute is one JSON string: format, versions, and those
    attributes that netCDF has no type for. Any netCDF reader opens the file. A circuit's file
    holds plain arrays, uncompressed, and one JSON header; :func:`numpy.load` opens it too.
    """
    target = Path(path)
    ending = _ending(item)
    if target.suffix != ending:
        raise OutputError(
            f"save: {str(target)!r} must end in {ending!r} for a {type(item).__name__}."
        )
    try:
        with whole_file(target) as temporary:
            _write(item, temporary)
    except AttractorsError:
        raise
    except (OSError, TypeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise OutputError(f"save: {str(target)!r} cannot be written: {reason}.") from error


def load(
    path: str | os.PathLike[str], types: Iterable[type] = (), *, mmap: bool = False
) -> Recording | Architecture | Circuit:
    """Return the recording, architecture or circuit that :func:`save` wrote; no code is executed.

    Parameters
    ----------
    path : str or path
        A ``.nc``, ``.json`` or ``.npz`` file.
    types : iterable of type
        Rules and dynamics of your own that may occur in an architecture.
    mmap : bool
        Map the weights of a circuit from the file, so that they are read when they are used and
        shared between processes; checksums are then not verified. Learning on copies them first.

    Raises
    ------
    OutputError
        If the file is missing, damaged or none of ours.
    ArchitectureError, UnknownNameError
        If a JSON file, or the header of a circuit, holds no valid architecture.

    Examples
    --------
    >>> import tempfile
    >>> from attractors import AttractorNetwork, KWinners
    >>> brain = Architecture([AttractorNetwork("word", 100, KWinners(5))])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(brain, folder + "/brain.json")
    ...     load(folder + "/brain.json") == brain
    True
    """
    source = Path(path)
    if source.suffix not in ENDINGS.values():
        *others, last = map(repr, ENDINGS.values())
        raise OutputError(f"load: {str(source)!r} ends in none of {', '.join(others)} and {last}.")
    if not source.is_file():
        raise OutputError(f"load: there is no file {str(source)!r}; check the path.")
    if source.suffix == ".npz":
        return read_circuit(source, types, mmap)
    return read_recording(source) if source.suffix == ".nc" else read_architecture(source, types)


def _write(item: Recording | Architecture | Circuit, path: Path) -> None:
    if isinstance(item, Recording):
        write_recording(item, path)
    elif isinstance(item, Architecture):
        write_architecture(item, path)
    else:
        write_circuit(item, path)


def _ending(item: object) -> str:
    for kind, ending in ENDINGS.items():
        if isinstance(item, kind):
            return ending
    raise UnsupportedError(
        f"save: there is no file format for a {type(item).__name__}; give a Recording, an "
        "Architecture or a Circuit."
    )
