"""Save and load: recordings as netCDF, architectures as JSON, whole or not at all."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from functools import singledispatch
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import xarray

from attractors.architecture import Architecture
from attractors.errors import AttractorsError, OutputError, UnsupportedError
from attractors.files import whole_file
from attractors.recording import Recording

FORMAT = "attractors recording"
SCHEMA = 1
LIBRARIES = ("attractor-networks", "numpy", "xarray", "h5netcdf")
INT64 = range(-(2**63), 2**63)


def save(item: Recording | Architecture, path: str | os.PathLike[str]) -> None:
    """Write a recording (``.nc``, netCDF 4) or an architecture (``.json``).

    Parameters
    ----------
    item : Recording or Architecture
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
    attributes that netCDF has no type for. Any netCDF reader opens the file.
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


def load(path: str | os.PathLike[str], types: Iterable[type] = ()) -> Recording | Architecture:
    """Return the recording or architecture that :func:`save` wrote; no code is executed.

    Parameters
    ----------
    path : str or path
        A ``.nc`` or ``.json`` file.
    types : iterable of type
        Rules and dynamics of your own that may occur in an architecture.

    Raises
    ------
    OutputError
        If the file is missing, damaged or none of ours.
    ArchitectureError, UnknownNameError
        If a JSON file holds no valid architecture.

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
    if source.suffix not in (".nc", ".json"):
        raise OutputError(f"load: {str(source)!r} ends neither in '.nc' nor in '.json'.")
    if not source.is_file():
        raise OutputError(f"load: there is no file {str(source)!r}; check the path.")
    return _recording(source) if source.suffix == ".nc" else _architecture(source, types)


def _architecture(source: Path, types: Iterable[type]) -> Architecture:
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"load: {str(source)!r} cannot be read: {error}.") from error
    try:
        return Architecture.from_json(text, types)
    except AttractorsError as error:
        # the same error, so that callers can still tell what is wrong
        raise type(error)(f"{str(source)!r}: {error}") from error


def _recording(source: Path) -> Recording:
    try:
        # "units: ms" is a label here and no time axis to be decoded
        dataset = xarray.load_dataset(source, engine="h5netcdf", decode_times=False)
    except Exception as error:  # h5py, h5netcdf and xarray raise almost anything on damage
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise OutputError(
            f"load: {str(source)!r} is damaged or no netCDF file ({reason}). Save it again."
        ) from error
    header = _header(source, dataset.attrs.pop("provenance", None))
    dataset.encoding["provenance"] = header
    for name, odd in header["attributes"].items():
        _owner(dataset, name).update(odd)
    return Recording(dataset)


def _header(source: Path, provenance: Any) -> dict[str, Any]:
    try:
        header = json.loads(provenance)
        ours = header["format"] == FORMAT and isinstance(header["attributes"], dict)
    except (TypeError, ValueError, KeyError):
        ours = False
    if not ours:
        raise OutputError(
            f"load: {str(source)!r} is no recording of attractors; open it with "
            "xarray.open_dataset instead."
        )
    if header["schema"] != SCHEMA:
        raise OutputError(
            f"load: {str(source)!r} has schema {header['schema']!r}, this version reads {SCHEMA}; "
            "update attractors."
        )
    return dict(header)


@singledispatch
def _write(item: object, path: Path) -> None:
    raise _no_format(item)


@_write.register
def _(item: Architecture, path: Path) -> None:
    path.write_text(item.to_json() + "\n", encoding="utf-8")


@_write.register
def _(item: Recording, path: Path) -> None:
    # a shallow copy: attributes are taken out of it, the arrays are shared
    dataset = item.dataset.copy()
    odd = {}
    for name in ("", *map(str, dataset.variables)):
        attributes = _owner(dataset, name)
        odd[name] = {str(k): attributes.pop(k) for k in [*attributes] if not _native(attributes[k])}
    dataset.attrs["provenance"] = json.dumps(
        {
            "format": FORMAT,
            "schema": SCHEMA,
            "versions": {"python": platform.python_version(), **_versions()},
            "attributes": {name: found for name, found in odd.items() if found},
        }
    )
    dataset.to_netcdf(path, engine="h5netcdf")


def _ending(item: object) -> str:
    if isinstance(item, Recording):
        return ".nc"
    if isinstance(item, Architecture):
        return ".json"
    raise _no_format(item)


def _no_format(item: object) -> UnsupportedError:
    return UnsupportedError(
        f"save: there is no file format for a {type(item).__name__}; give a Recording or an "
        "Architecture."
    )


def _owner(dataset: xarray.Dataset, name: str) -> dict[Any, Any]:
    """Return the attributes of a variable, or the dataset's own for the empty name."""
    return dataset.variables[name].attrs if name else dataset.attrs


def _native(value: Any) -> bool:
    """Tell whether netCDF has a type for an attribute: text and numbers of up to 64 bits."""
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, int | np.integer):
        return int(value) in INT64
    return isinstance(value, str | float | np.floating)


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # we ourselves, used from a checkout on the path
            found[name] = "not installed"
    return found
