"""Circuits as npz files: plain arrays and a JSON header, read without executing anything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import room
from attractors.architecture import Architecture, AttractorNetwork
from attractors.circuit import Circuit
from attractors.circuit.book import PatternBook
from attractors.circuit.lesson import checked_rows
from attractors.circuit.register import BYTES
from attractors.errors import AttractorsError, OutputError, UnsupportedError
from attractors.io import members
from attractors.io.versions import versions
from attractors.synapses import FORMS, Synapses
from attractors.synapses.counted import Counted
from attractors.synapses.soundness import badly_listed, unsound

FORMAT = "attractors circuit"
SCHEMA = 1
LIBRARIES = ("numpy", "scipy")
Arrays = Mapping[str, NDArray[Any]]


def write_circuit(item: Circuit, path: Path) -> None:
    """Write a circuit.

    Raises
    ------
    UnsupportedError
        If some synapses have a form of the user's own.
    """
    contents, arrays = item.contents, dict[str, NDArray[Any]]()
    for number, (name, synapses) in enumerate(contents.synapses.items()):
        if synapses.form not in {*FORMS, Counted.form}:
            raise UnsupportedError(
                f"save: {name!r} is held in the form {synapses.form!r}, which only the script "
                f"that made it knows; use {' or '.join(map(repr, FORMS))}."
            )
        held = synapses.arrays()
        arrays |= {f"synapses/{number}/{part}": array for part, array in held.items()}
    for group, books in (("books", contents.books), ("taught", contents.taught)):
        for number, book in enumerate(books.values()):
            arrays |= _listed(f"{group}/{number}", book.patterns)
    if item.keep == "counts":
        arrays |= _registered(item)
    header = {
        "format": FORMAT,
        "schema": SCHEMA,
        "versions": versions(*LIBRARIES),
        "architecture": json.loads(item.architecture.to_json()),
        "dale": item.dale,
        "keep": item.keep,
        "lessons": item.lessons,
        "claimed": contents.claimed,
        "forms": [synapses.form for synapses in contents.synapses.values()],
    }
    members.write(path, header, arrays)


def read_circuit(source: Path, types: Iterable[type], mapped: bool) -> Circuit:
    """Return the circuit in a file.

    Parameters
    ----------
    source : Path
        File.
    types : iterable of type
        Rules and dynamics of the user's own.
    mapped : bool
        Map arrays into memory instead of reading them.

    Raises
    ------
    OutputError
        If the file is damaged, none of ours or of a later version.
    ArchitectureError, UnknownNameError
        If its header holds no valid architecture.
    """
    header, arrays = members.read(source, mapped)
    if header.get("format") != FORMAT:
        raise OutputError(
            f"load: {str(source)!r} is no circuit of attractors; open it with numpy.load instead."
        )
    if header.get("schema") != SCHEMA:
        raise OutputError(
            f"load: {str(source)!r} has schema {header.get('schema')!r}, this version reads "
            f"{SCHEMA}; update attractors."
        )
    try:
        return _revived(header, arrays, types)
    except OutputError as error:
        raise OutputError(f"load: {str(source)!r}: {error}") from error
    except AttractorsError as error:
        # the same error, so that callers can still tell what is wrong
        raise type(error)(f"{str(source)!r}: {error}") from error
    except Exception as error:  # whatever a header can hold in the place of what it should
        raise OutputError(
            f"load: {str(source)!r} is damaged ({type(error).__name__}: {error}). Save it again."
        ) from error


def _revived(header: Mapping[str, Any], arrays: Arrays, types: Iterable[type]) -> Circuit:
    architecture = Architecture.from_json(json.dumps(header["architecture"]), types)
    circuit = Circuit(architecture, dale=bool(header["dale"]), keep=header["keep"])
    circuit.lessons = int(header["lessons"])
    contents, nodes = circuit.contents, architecture.nodes
    forms = header["forms"]
    for number, (name, form) in enumerate(zip(contents.synapses, forms, strict=True)):
        held = _held(contents.synapses[name], form, _below(f"synapses/{number}/", arrays))
        contents.put(name, held)
    for number, (name, book) in enumerate(contents.books.items()):
        _fill(book, f"books/{number}/", arrays, nodes[name])
    for number, (name, book) in enumerate(contents.taught.items()):
        _fill(book, f"taught/{number}/", arrays, nodes[architecture.links[name].source])
    contents.claimed |= _claims(header["claimed"], architecture)
    if circuit.keep == "counts":
        _register(circuit, arrays)
    return circuit


def _held(empty: Synapses, form: str, arrays: dict[str, NDArray[Any]]) -> Synapses:
    """Return synapses of a form that hold the arrays, after proving that they can."""
    held = empty
    if form != empty.form:
        kind = FORMS.get(form)
        if kind is None or kind.refusal(empty.rule) is not None:
            raise OutputError(f"{empty.name!r} is said to be held as {form!r}, which cannot be.")
        size = kind.expected_bytes(empty.rule, empty.shape)
        room.require(f"synapses of {empty.name!r}", size, "free some memory")
        held = kind(empty.rule, empty.shape, empty.recurrent, empty.name)
    problem = unsound(held, arrays)
    if problem is not None:
        raise OutputError(f"the synapses of {empty.name!r} are damaged: {problem}.")
    held.restore(arrays)
    return held


def _listed(group: str, patterns: Any) -> dict[str, NDArray[Any]]:
    """Return stored patterns as named arrays, none if there are none."""
    if patterns.shape[0] == 0:
        return {}
    if sparse.issparse(patterns):
        ends = {"indptr": patterns.indptr, "indices": patterns.indices}
        return {f"{group}/{name}": array for name, array in ends.items()}
    return {f"{group}/patterns": patterns}


def _fill(book: PatternBook, group: str, arrays: Arrays, network: AttractorNetwork) -> None:
    """Enter saved patterns into an empty book."""
    found = _below(group, arrays)
    if not found:
        return
    owner = f"the patterns of {network.name!r}"
    rows: Any = found.get("patterns")
    if rows is None:
        problem = badly_listed(found, len(found["indptr"]) - 1, network.units)
        if problem is not None:
            raise OutputError(f"{owner} are damaged: {problem}.")
        ones = np.ones(len(found["indices"]), np.int8)
        shape = (len(found["indptr"]) - 1, network.units)
        rows = sparse.csr_array((ones, found["indices"], found["indptr"]), shape=shape)
    rows = checked_rows(rows, network, owner)
    places = book.add(rows)
    if not np.array_equal(places, np.arange(rows.shape[0])):
        raise OutputError(f"{owner} are damaged: some are the same.")


def _claims(claimed: Mapping[str, Any], architecture: Architecture) -> dict[str, int]:
    found = {str(name): int(used) for name, used in claimed.items()}
    for name, used in found.items():
        if name not in architecture.nodes or not 0 <= used <= architecture.nodes[name].units:
            raise OutputError(f"{used} units of {name!r} are said to be claimed, which cannot be.")
    return found


def _registered(circuit: Circuit) -> dict[str, NDArray[Any]]:
    """Return what was stored how often as named arrays."""
    register, books = circuit.contents.register, circuit.contents.books
    times = {
        f"register/times/{number}": register.times[name]
        for number, name in enumerate(books)
        if name in register.times
    }
    counted = _counted("", register.rows)
    if register.settled:
        counted |= _counted("settled_", register.settled)
    return {**counted, **times}


def _counted(kind: str, rows: Counter[bytes]) -> dict[str, NDArray[Any]]:
    prints = np.frombuffer(b"".join(rows), np.uint8).reshape(-1, BYTES)
    counts = np.array(list(rows.values()), np.int64)
    return {f"register/{kind}rows": prints, f"register/{kind}counts": counts}


def _register(circuit: Circuit, arrays: Arrays) -> None:
    """Enter what was stored how often."""
    register = circuit.contents.register
    register.rows = _rows("", arrays)
    if "register/settled_rows" in arrays:
        register.settled = _rows("settled_", arrays)
    for number, (name, book) in enumerate(circuit.contents.books.items()):
        times = arrays.get(f"register/times/{number}", np.zeros(0, np.int64))
        if times.shape != (book.patterns.shape[0],) or (times < 1).any():
            raise OutputError(f"the register of what {name!r} stored is damaged.")
        if len(times):
            register.times[name] = times.astype(np.int64)


def _rows(kind: str, arrays: Arrays) -> Counter[bytes]:
    rows, counts = arrays[f"register/{kind}rows"], arrays[f"register/{kind}counts"]
    sound = rows.dtype == np.uint8 and rows.shape == (len(counts), BYTES) and counts.ndim == 1
    if not sound or (counts < 1).any():
        raise OutputError("the register of what was stored is damaged.")
    prints = [row.tobytes() for row in np.asarray(rows)]
    return Counter(dict(zip(prints, counts.tolist(), strict=True)))


def _below(group: str, arrays: Arrays) -> dict[str, NDArray[Any]]:
    return {n.removeprefix(group): array for n, array in arrays.items() if n.startswith(group)}
