"""Labelled arrays of what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray
from numpy.typing import NDArray


def labelled(
    name: str,
    values: NDArray[Any],
    dims: tuple[str, ...],
    unit: str,
    coords: Mapping[str, NDArray[Any]] | None = None,
) -> xarray.DataArray:
    """Return an array with named dimensions and its unit as attribute.

    Parameters
    ----------
    name : str
        Of the quantity.
    values : array
        One dimension for each of ``dims``.
    dims : tuple of str
        Their names.
    unit : str
        As the attribute ``units`` has it.
    coords : mapping of str to array, optional
        By dimension; times are in ms.
    """
    located = {
        dim: (dim, found, {"units": "ms"} if dim in ("time", "lag") else {})
        for dim, found in (coords or {}).items()
    }
    return xarray.DataArray(values, located, dims, name, {"units": unit})
