"""Ask for memory before it is needed, so that scattered rows come in side by side."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic


def _prefetch(typing_context: Any, array: Any, index: Any) -> Any:
    """Fetch the cache line of ``array[index]``; nothing waits for it, and no index can fault."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind, tools = signature.args[0], _tools
        values = context.make_array(kind)(context, builder, arguments[0])
        place = tools.get_item_pointer(
            context, builder, kind, values, [arguments[1]], wraparound=False
        )
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        function = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], function)
        # for reading, to be kept in the nearest cache, as data
        builder.call(fetch, [builder.bitcast(place, byte), word(0), word(3), word(1)])
        return context.get_dummy_value()

    return types.void(array, index), generate


_tools: Any = cgutils
prefetch: Any = intrinsic(_prefetch)
