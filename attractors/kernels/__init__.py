"""Inner loops: plain array functions without validation, shared by every engine and encoder.

Each kernel has a NumPy twin in ``kernels/plain/`` and a compiled one in ``kernels/fast/``, of one
name, signature and result. What is imported from here is the compiled one, or, where the
size decides which is faster, a function that chooses. It is loaded on first use, so that
importing this package does not import numba.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attractors.kernels.bits import active_units as active_units
    from attractors.kernels.bits import packed_field as packed_field
    from attractors.kernels.bits import packed_learn as packed_learn
    from attractors.kernels.bits import packed_winners as packed_winners
    from attractors.kernels.blas import one_blas_thread as one_blas_thread
    from attractors.kernels.fast.attention import attention_sums as attention_sums
    from attractors.kernels.fast.exponentials import exponentials as exponentials
    from attractors.kernels.fast.locations import read_within as read_within
    from attractors.kernels.fast.locations import write_within as write_within
    from attractors.kernels.fast.packed import packed_and as packed_and
    from attractors.kernels.fast.rows import add_rows as add_rows
    from attractors.kernels.fast.rows import count_targets as count_targets
    from attractors.kernels.fast.rows import join_rows as join_rows
    from attractors.kernels.fast.rows import merge_rows as merge_rows
    from attractors.kernels.fast.rows import most_targets as most_targets
    from attractors.kernels.fast.rows import row_winners as row_winners
    from attractors.kernels.fast.rows import subtract_rows as subtract_rows
    from attractors.kernels.fast.rows import transpose_lists as transpose_lists
    from attractors.kernels.fast.settle import settle_packed as settle_packed
    from attractors.kernels.fast.settle import settle_rows as settle_rows
    from attractors.kernels.fast.settle import settle_table as settle_table
    from attractors.kernels.fast.settle_pairs import settle_pair_signs as settle_pair_signs
    from attractors.kernels.fast.settle_pairs import settle_pair_winners as settle_pair_winners
    from attractors.kernels.fast.settle_signs import settle_signs as settle_signs
    from attractors.kernels.fast.settle_step import next_signs as next_signs
    from attractors.kernels.fast.settle_step import next_winners as next_winners
    from attractors.kernels.fast.table import table_add as table_add
    from attractors.kernels.fast.table import table_field as table_field
    from attractors.kernels.fast.table import table_winners as table_winners
    from attractors.kernels.plain.packing import packed as packed
    from attractors.kernels.plain.packing import unpacked as unpacked
    from attractors.kernels.threads import in_threads as in_threads
    from attractors.kernels.winners import k_winners as k_winners

# name: module below this package
_HOME = {
    "active_units": "bits",
    "add_rows": "fast.rows",
    "attention_sums": "fast.attention",
    "count_targets": "fast.rows",
    "exponentials": "fast.exponentials",
    "in_threads": "threads",
    "join_rows": "fast.rows",
    "k_winners": "winners",
    "merge_rows": "fast.rows",
    "most_targets": "fast.rows",
    "next_signs": "fast.settle_step",
    "next_winners": "fast.settle_step",
    "one_blas_thread": "blas",
    "packed": "plain.packing",
    "packed_and": "fast.packed",
    "packed_field": "bits",
    "packed_learn": "bits",
    "packed_winners": "bits",
    "read_within": "fast.locations",
    "row_winners": "fast.rows",
    "settle_packed": "fast.settle",
    "settle_pair_signs": "fast.settle_pairs",
    "settle_pair_winners": "fast.settle_pairs",
    "settle_rows": "fast.settle",
    "settle_signs": "fast.settle_signs",
    "settle_table": "fast.settle",
    "subtract_rows": "fast.rows",
    "transpose_lists": "fast.rows",
    "table_add": "fast.table",
    "table_field": "fast.table",
    "table_winners": "fast.table",
    "unpacked": "plain.packing",
    "write_within": "fast.locations",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Load a kernel on first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'attractors.kernels' has no attribute {name!r}")
    value = getattr(import_module(f"attractors.kernels.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the kernels."""
    return list(__all__)
