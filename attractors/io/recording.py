"""Recordings as netCDF files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import xarray

from attractors.errors import OutputError
from attractors.io.versions import versions
from attractors.recording import Recording

FORMAT = "attractors recording"
SCHEMA = 1
LIBRARIES = ("numpy", "xarray", "h5netcdf")
INT64 = range(-(2**63), 2**63)


def write_recording(item: Recording, path: Path) -> None:
    """Write a recording as netCDF 4."""
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
            "versions": versions(*LIBRARIES),
            "attributes": {name: found for name, found in odd.items() if found},
        }
    )
    dataset.to_netcdf(path, engine="h5netcdf")


def read_recording(source: Path) -> Recording:
    """Return the recording in a netCDF file.

    Raises
    ------
    OutputError
        If the file is damaged or none of ours.
    """
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
