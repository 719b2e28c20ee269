"""Tables of studies as files that pandas and xarray read without this package."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import xarray

from attractors import checks
from attractors.errors import MissingExtraError
from attractors.files import whole_file

ROWS = "row"
ENDINGS = {"csv": ".csv", "netcdf": ".nc", "parquet": ".parquet"}


def write_table(
    table: pd.DataFrame, header: Mapping[str, Any], folder: Path, form: str, name: str = "table"
) -> Path:
    """Write a table into a folder, whole or not at all, and return its path.

    Parameters
    ----------
    table : DataFrame
        One row a trial.
    header : mapping
        What netCDF and Parquet files carry with them, as JSON: parameters, versions, seed, commit.
        Beside a CSV file stands ``header.json``.
    folder : Path
        An existing folder.
    form : {"csv", "netcdf", "parquet"}
        Format of the file.
    name : str
        Name of the file without its ending.

    Raises
    ------
    UnknownNameError, MissingExtraError, OutputError
        If there is no such format, pyarrow is missing for Parquet, or the folder is not writable.
    """
    write = _WRITERS[checks.choice("a table", "format", form, _WRITERS)]
    target = folder / f"{name}{ENDINGS[form]}"
    with whole_file(target) as path:
        write(table, json.dumps(header, allow_nan=False), path)
    return target


def parquet_possible() -> bool:
    """Tell whether Parquet files can be written here."""
    return importlib.util.find_spec("pyarrow") is not None


def _csv(table: pd.DataFrame, header: str, path: Path) -> None:
    table.to_csv(path, index=False)


def _netcdf(table: pd.DataFrame, header: str, path: Path) -> None:
    dataset = xarray.Dataset.from_dataframe(table.rename_axis(ROWS))
    # netCDF attributes know no nesting
    dataset.attrs["header"] = header
    dataset.to_netcdf(path, engine="h5netcdf")


def _parquet(table: pd.DataFrame, header: str, path: Path) -> None:
    if not parquet_possible():
        raise MissingExtraError(
            "Parquet files need pyarrow, which is not installed; pip install pyarrow, or export "
            "csv or netcdf."
        )
    import pyarrow
    import pyarrow.parquet

    arrow = pyarrow.Table.from_pandas(table, preserve_index=False)
    arrow = arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), b"header": header})
    pyarrow.parquet.write_table(arrow, path)


_WRITERS: dict[str, Callable[[pd.DataFrame, str, Path], None]] = {
    "csv": _csv,
    "netcdf": _netcdf,
    "parquet": _parquet,
}
