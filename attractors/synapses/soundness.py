"""Whether saved arrays can be what a form holds: found out before any kernel sees them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.rules.counts import MOST
from attractors.synapses.base import Synapses
from attractors.synapses.counted import Counted
from attractors.synapses.dense import Dense
from attractors.synapses.dual import Dual
from attractors.synapses.packed import WORD, Packed
from attractors.synapses.sparse import Sparse

Arrays = dict[str, NDArray[Any]]
Types = Mapping[str, tuple[type[np.generic], ...]]
# types that arrays may grow to
GROWN: Types = {
    "keys": (np.int8, np.float32, np.float64),
    "values": (np.int8, np.float32, np.float64),
    "counters": (np.int16, np.int32),
    "indptr": (np.int32, np.int64),
    "indices": (np.int32, np.int64),
}
REAL = (np.float32, np.float64)
# entries that are looked at at a time
BLOCK = 1 << 22


@singledispatch
def unsound(synapses: Synapses, arrays: Arrays) -> str | None:
    """Return why arrays cannot be what these synapses hold, ``None`` if they can.

    Parameters
    ----------
    synapses : Synapses
        Empty ones of the form and size in question.
    arrays : dict of str to array
        To be restored.
    """
    return unlike(synapses.arrays(), arrays)


@unsound.register
def _dense(synapses: Dense, arrays: Arrays) -> str | None:
    wanted = synapses.arrays()
    if "matrix" in arrays and len(wanted) > 1:
        # of a rule that holds its weights: there beside them where a diagonal was left out
        wanted["matrix"] = synapses.weights
    single = [name for name, array in wanted.items() if array.dtype == np.float32]
    # weights made of real patterns keep the precision of those
    stores_real = synapses.rule.values == "any"
    return unlike(wanted, arrays, dict.fromkeys(single if stores_real else (), REAL))


@unsound.register
def _packed(synapses: Packed, arrays: Arrays) -> str | None:
    problem = unlike(synapses.arrays(), arrays)
    spare = -synapses.shape[0] % WORD
    if problem is None and spare and (arrays["bits"][:, -1] >> np.uint64(WORD - spare)).any():
        return "bits are set beyond the last unit"
    return problem


@unsound.register
def _sparse(synapses: Sparse, arrays: Arrays) -> str | None:
    # the targets of each source unit
    return unlike(synapses.arrays(), arrays) or badly_listed(arrays, *synapses.shape[::-1])


@unsound.register
def _counted(synapses: Counted, arrays: Arrays) -> str | None:
    shape, counts = synapses.shape, synapses.counts
    entries: Arrays = {"pairs": np.zeros(shape, np.int32)} if "pairs" in arrays else _listed(shape)
    ends = {"post": counts.post, "pre": counts.pre, "stored": np.array(0)}
    problem = unlike({**entries, **ends}, arrays)
    if problem is None and "pairs" not in arrays:
        problem = badly_listed(arrays, *shape)
    if problem is not None:
        return problem
    pairs, stored = arrays.get("pairs", arrays.get("data")), int(arrays["stored"])
    if not 0 <= stored <= MOST:
        return f"{stored} pairs are said to be stored"
    for name, table in (("pairs", pairs), ("post", arrays["post"]), ("pre", arrays["pre"])):
        if table is not None and table.size and not 0 <= table.min() <= table.max() <= stored:
            return f"{name} counts other than 0 to {stored}"
    return None


@unsound.register
def _dual(synapses: Dual, arrays: Arrays) -> str | None:
    wanted = synapses.arrays()
    if "keys" in wanted and "values" not in arrays:
        # keys that are their own values are held once
        wanted.pop("values", None)
    problem = unlike(wanted, arrays)
    if problem is not None or "keys" not in arrays:
        return problem
    keys, values = arrays["keys"], arrays.get("values", arrays["keys"])
    if len(keys) != len(values) or values.shape[1] != synapses.shape[0]:
        return f"there are {keys.shape} keys for {values.shape} values"
    return None


def unlike(wanted: Arrays, arrays: Arrays, grown: Types = GROWN) -> str | None:
    """Return in which name, type or length arrays differ from those wanted; 0 stands for any."""
    if wanted.keys() != arrays.keys():
        return f"it holds {sorted(arrays)} in the place of {sorted(wanted)}"
    for name, model in wanted.items():
        found = arrays[name]
        fits = found.ndim == model.ndim and all(
            length in (0, other) for length, other in zip(model.shape, found.shape, strict=True)
        )
        if found.dtype.type not in grown.get(name, (model.dtype.type,)) or not fits:
            return (
                f"{name} is {found.dtype} {found.shape}, it should be {model.dtype} {model.shape}"
            )
    return None


def badly_listed(arrays: Arrays, rows: int, columns: int) -> str | None:
    """Return why ``indptr`` and ``indices`` list no entries of a matrix; ``None`` if they do."""
    indptr, indices = arrays["indptr"], arrays["indices"]
    if len(indptr) != rows + 1 or indptr[0] != 0 or indptr[-1] != len(indices):
        return "rows do not begin and end where they should"
    if (np.diff(indptr) < 0).any():
        return "rows end before they begin"
    if len(indices) and not 0 <= indices.min() <= indices.max() < columns:
        return f"entries lie outside of {columns} columns"
    if len(arrays.get("data", indices)) != len(indices):
        return "there are more or fewer values than places"
    return None if _ascending(indptr, indices) else "entries of a row are not in order"


def _ascending(indptr: NDArray[Any], indices: NDArray[Any]) -> bool:
    """Tell whether entries ascend within each row."""
    for start in range(0, len(indices), BLOCK):
        part = indices[start : start + BLOCK + 1]
        falls = start + 1 + np.flatnonzero(part[1:] <= part[:-1])
        # an entry may be lower than the one before it only where a row begins
        places = np.searchsorted(indptr, falls)
        if (indptr[np.minimum(places, len(indptr) - 1)] != falls).any():
            return False
    return True


def _listed(shape: tuple[int, int]) -> Arrays:
    empty = np.zeros(0, np.int32)
    return {"data": empty, "indices": empty, "indptr": np.zeros(shape[0] + 1, np.int32)}
