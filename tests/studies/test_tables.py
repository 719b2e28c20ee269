"""Tables read back with pandas and xarray alone, header and all."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray

from attractors.errors import MissingExtraError, UnknownNameError
from attractors.studies.tables import parquet_possible, write_table

TABLE = pd.DataFrame(
    {"patterns": [3, 3, 5], "note": ["a", "", "ü"], "score": [0.1 + 0.2, np.nan, 1e-300]}
)
HEADER = {"study": "own", "definition": {"seed": 3, "activity": None}}


def test_csv_is_read_back_equal(tmp_path: Path) -> None:
    path = write_table(TABLE, HEADER, tmp_path, "csv")
    assert path == tmp_path / "table.csv"
    pd.testing.assert_frame_equal(
        pd.read_csv(path, keep_default_na=False, na_values={"score": ""}), TABLE, check_dtype=False
    )


def test_netcdf_is_read_back_equal_with_its_header(tmp_path: Path) -> None:
    path = write_table(TABLE, HEADER, tmp_path, "netcdf", "trials")
    assert path == tmp_path / "trials.nc"
    found = xarray.load_dataset(path, engine="h5netcdf")
    assert json.loads(found.attrs["header"]) == HEADER
    back = found.to_dataframe().reset_index(drop=True)
    pd.testing.assert_frame_equal(back, TABLE, check_dtype=False)


@pytest.mark.skipif(not parquet_possible(), reason="pyarrow is not installed; pip install pyarrow")
def test_parquet_is_read_back_equal_with_its_header(tmp_path: Path) -> None:
    import pyarrow.parquet

    path = write_table(TABLE, HEADER, tmp_path, "parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(path), TABLE, check_dtype=False)
    metadata = pyarrow.parquet.read_schema(path).metadata
    assert json.loads(metadata[b"header"]) == HEADER


def test_parquet_without_its_library_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="pip install pyarrow"):
        write_table(TABLE, HEADER, tmp_path, "parquet")
    assert not [*tmp_path.iterdir()], "no half-written file is left"


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'netcdf'"):
        write_table(TABLE, HEADER, tmp_path, "netcd")
