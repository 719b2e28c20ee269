"""A small part of a matrix product whose sums stay in registers until they are done.

Libraries copy both factors into an order of their own before they multiply. That pays when a
number is used often; a key is used once a cue, and with some tens of cues the copy costs as much
as the cache misses that it saves. Here the large factor is read where it lies.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

# eight sums of eight numbers: as many as two multipliers need to be busy, and half of the
# sixteen registers that the smallest processors with them have
ROWS, LANES, VECTORS = 4, 8, 2
COLUMNS = LANES * VECTORS

WORD, SINGLE = ir.IntType(64), ir.FloatType()
VECTOR = ir.VectorType(SINGLE, LANES)
NONE = ir.Constant(VECTOR, [0.0] * LANES)
ANY = ir.Constant(VECTOR, ir.Undefined)
FIRST = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)


def _tile(
    typing_context: Any,
    left: Any,
    row: Any,
    step: Any,
    right: Any,
    out: Any,
    line: Any,
    length: Any,
    more: Any,
) -> Any:
    """Write ``sum(left[i·row + k·step] * right[k·COLUMNS + j])`` to ``out[i·line + j]``.

    i < ROWS, j < COLUMNS and k < length; all three arrays are single precision and counted from
    their first number, and nothing is checked. With ``more`` the sums are added to what is there.
    """
    numbers, flag = types.intp, types.boolean
    signature = types.void(left, numbers, numbers, right, out, numbers, numbers, flag)
    return signature, _generate


def _generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    left, right, out = (
        context.make_array(signature.args[which])(context, builder, arguments[which]).data
        for which in (0, 3, 4)
    )
    row, step, line, length, more = (arguments[which] for which in (1, 2, 5, 6, 7))
    starts = [builder.gep(left, [builder.mul(row, WORD(i))]) for i in range(ROWS)]
    sums = _summed(builder, starts, step, right, length)
    for number, total in enumerate(sums):
        i, j = divmod(number, VECTORS)
        at = builder.add(builder.mul(line, WORD(i)), WORD(LANES * j))
        place = builder.bitcast(builder.gep(out, [at]), VECTOR.as_pointer())
        before = builder.select(more, builder.load(place, align=4), NONE)
        builder.store(builder.fadd(before, total), place, align=4)
    return context.get_dummy_value()


def _summed(builder: Any, starts: list[Any], step: Any, right: Any, length: Any) -> list[Any]:
    """Write the loop over k and return its sums, row by row."""
    before, loop = builder.block, builder.append_basic_block("products")
    builder.branch(loop)
    builder.position_at_end(loop)
    k = builder.phi(WORD)
    k.add_incoming(WORD(0), before)
    sums = [builder.phi(VECTOR) for _ in range(ROWS * VECTORS)]
    for total in sums:
        total.add_incoming(NONE, before)
    added = _products(builder, starts, builder.mul(k, step), right, k, sums)
    following = builder.add(k, WORD(1))
    for phi, value in zip([k, *sums], [following, *added], strict=True):
        phi.add_incoming(value, loop)
    after = builder.append_basic_block("sums")
    builder.cbranch(builder.icmp_signed("<", following, length), loop, after)
    builder.position_at_end(after)
    return added


def _products(
    builder: Any, starts: list[Any], offset: Any, right: Any, k: Any, sums: list[Any]
) -> list[Any]:
    """Add one number of each row, times the COLUMNS of ``right``, to the sums."""
    # one rounding where the processor has such an instruction, else two
    kind = ir.FunctionType(VECTOR, [VECTOR] * 3)
    add_product = _tools.get_or_insert_function(builder.module, kind, "llvm.fmuladd.v8f32")
    at = builder.gep(right, [builder.mul(k, WORD(COLUMNS))])
    factors = []
    for j in range(VECTORS):
        place = builder.bitcast(builder.gep(at, [WORD(LANES * j)]), VECTOR.as_pointer())
        factors.append(builder.load(place, align=4))
    added = []
    for i, start in enumerate(starts):
        number = builder.load(builder.gep(start, [offset]))
        alone = builder.insert_element(ANY, number, ir.IntType(32)(0))
        spread = builder.shuffle_vector(alone, ANY, FIRST)
        for j in range(VECTORS):
            total = sums[i * VECTORS + j]
            added.append(builder.call(add_product, [spread, factors[j], total]))
    return added


_tools: Any = cgutils
tile: Any = intrinsic(_tile)
