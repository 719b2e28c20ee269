"""Circuits come back equal, whatever their rules and forms; damaged ones are refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

import attractors as at
from attractors.errors import (
    ArchitectureError,
    AttractorsError,
    MemoryLimitError,
    OutputError,
    UnknownNameError,
    UnsupportedError,
)
from attractors.io import members
from attractors.patterns import random_signs, random_sparse
from attractors.rules import RULES, counts
from attractors.seeding import stream
from attractors.synapses import FORMS, Dense

ARGUMENTS: dict[str, dict[str, Any]] = {
    "Fixed": {"weights": np.arange(3600.0).reshape(60, 60) / 7},
    "HardLocations": {"locations": 200, "radius": 25},
}
PAIRS = [
    pytest.param(rule, form, id=f"{rule}-{form}")
    for rule in RULES
    for form in FORMS
    if FORMS[form].refusal(RULES[rule](**ARGUMENTS.get(rule, {}))) is None
]


def rows(values: str, count: int, seed: int = 0, units: int = 60) -> np.ndarray:
    rng = stream(seed, "rows")
    return (
        random_signs(count, units, rng) if values == "±1" else random_sparse(count, units, 6, rng)
    )


def filled(rule: at.Rule, form: str | None = None, keep: str = "weights") -> at.Circuit:
    """One memory with five patterns, or as it is made where the rule learns none."""
    dynamics = at.Sign() if rule.values == "±1" else at.KWinners(6)
    memory = at.AttractorNetwork("m", 60, dynamics, rule, synapses=form)
    circuit = at.Circuit(at.Architecture([memory]), keep=keep)
    if rule.values is not None:
        circuit.store(m=rows(rule.values, 5))
    return circuit


def brain(keep: str = "weights") -> at.Circuit:
    """Nested networks, several rules, an edge trained alone, and one that has stored nothing."""
    inner = at.Architecture([at.AttractorNetwork("word", 30, at.KWinners(6), at.Covariance())])
    networks = [
        at.AttractorNetwork("image", 60, at.Threshold(), at.Willshaw()),
        at.AttractorNetwork("idle", 20, at.Sign(), at.Hebbian()),
    ]
    edges = [
        at.Association("image", "part/word", delay=20.0),
        at.Diversion("image", "part/word", name="gate"),
    ]
    circuit = at.Circuit(at.Architecture(networks, edges, {"part": inner}), keep=keep)
    x, y = rows("01", 7), rows("01", 7, units=30)
    circuit.store({"image": x, "part/word": y})
    circuit.store({"image": x[:2], "part/word": y[:2]})
    circuit.divert("image", "part/word", rows("01", 3, 1), rows("01", 3, 1, 30))
    return circuit


def same(one: at.Circuit, two: at.Circuit) -> bool:
    """Whether two circuits are the same and act the same, bit for bit."""
    equal = [one.architecture == two.architecture, one.keep == two.keep, one.dale == two.dale]
    equal.append(one.lessons == two.lessons)
    for name, network in one.architecture.nodes.items():
        equal.append(np.array_equal(one.patterns(name), two.patterns(name)))
        equal.append(one.activity(name) == two.activity(name))
        equal.append(one.contents.claimed.get(name) == two.contents.claimed.get(name))
        states = rows(network.values, 3, 9, network.units).astype(np.float32)
        for first, second in zip(one.links, two.links, strict=True):
            equal.append(type(first.synapses) is type(second.synapses))
            equal.append(first.factor == second.factor)
            if first.source == name:
                fields = [link.synapses.field(states) for link in (first, second)]
                equal.append(np.array_equal(*fields, equal_nan=True))
    return all(equal)


@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize(("rule", "form"), PAIRS)
def test_every_rule_in_every_form_comes_back_and_learns_on(
    rule: str, form: str, mmap: bool, tmp_path: Path
) -> None:
    circuit = filled(RULES[rule](**ARGUMENTS.get(rule, {})), form)
    before = copy.deepcopy(circuit)
    at.save(circuit, tmp_path / "c.npz")
    content = (tmp_path / "c.npz").read_bytes()
    back = at.load(tmp_path / "c.npz", mmap=mmap)
    assert same(circuit, back)
    assert same(circuit, before), "saving changes the circuit"
    values = circuit.architecture.nodes["m"].rule.values
    if values is not None:
        circuit.store(m=rows(values, 3, 1))
        back.store(m=rows(values, 3, 1))
        assert same(circuit, back)
    assert (tmp_path / "c.npz").read_bytes() == content, "learning changes the file"


@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize("keep", ["weights", "counts"])
def test_a_whole_circuit_comes_back_and_goes_on(keep: str, mmap: bool, tmp_path: Path) -> None:
    circuit = brain(keep)
    at.save(circuit, tmp_path / "c.npz")
    back = at.load(tmp_path / "c.npz", mmap=mmap)
    assert same(circuit, back)
    ids = [c.store(image=rows("01", 7)[3:5])["image"].tolist() for c in (circuit, back)]
    assert ids == [[3, 4], [3, 4]]
    if keep == "counts":
        x, y = rows("01", 7)[:2], rows("01", 7, units=30)[:2]
        for each in (circuit, back):
            each.unlearn({"image": x, "part/word": y})
            each.unlearn({"image": x[:1], "part/word": y[:1]})
        assert same(circuit.merged(back), back.merged(circuit))
        swap = {"image->part/word": at.Covariance(0.1)}
        assert same(circuit.with_rules(swap), back.with_rules(swap))
    assert same(circuit, back)


def test_patterns_that_came_sparse_stay_so(tmp_path: Path) -> None:
    circuit = at.Circuit(filled(at.Willshaw()).architecture)
    circuit.store(m=sparse.csr_array(rows("01", 5)))
    at.save(circuit, tmp_path / "c.npz")
    for mmap in (False, True):
        back = at.load(tmp_path / "c.npz", mmap=mmap)
        assert sparse.issparse(back.patterns("m"))
        assert (back.patterns("m") != circuit.patterns("m")).nnz == 0
        assert back.store(m=rows("01", 5)[3:4])["m"].tolist() == [3]

    def misplace(header: dict[str, Any], arrays: dict[str, Any]) -> None:
        arrays["books/0/indices"][3] = 60

    altered(circuit, tmp_path / "c.npz", misplace)
    with pytest.raises(OutputError, match="the patterns of 'm' are damaged: entries lie outside"):
        at.load(tmp_path / "c.npz")


@pytest.mark.parametrize("keep", ["weights", "counts"])
def test_a_lesioned_circuit_comes_back_lesioned(keep: str, tmp_path: Path) -> None:
    for rule in (at.Willshaw(), at.BCPNN(), at.Fixed(ARGUMENTS["Fixed"]["weights"])):
        cut = filled(rule, None, keep).lesioned("m", 0.5)
        at.save(cut, tmp_path / "c.npz")
        back = at.load(tmp_path / "c.npz")
        assert same(cut, back)
        assert back.links[0].synapses.count == cut.links[0].synapses.count


def test_claimed_hidden_units_stay_claimed(tmp_path: Path) -> None:
    networks = [
        at.AttractorNetwork("seen", 60, at.KWinners(6)),
        at.AttractorNetwork("hidden", 8, at.Softmax()),
    ]
    edges = [at.Association("seen", "hidden", RULES["Slots"]())]
    circuit = at.Circuit(at.Architecture(networks, edges))
    circuit.store(seen=rows("01", 5))
    at.save(circuit, tmp_path / "c.npz")
    back = at.load(tmp_path / "c.npz")
    assert back.contents.claimed == {"hidden": 5}
    assert same(circuit, back)


@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("rule", ["Slots", "KeyValue"])
def test_real_patterns_come_back_in_their_precision(
    rule: str, kind: type, mmap: bool, tmp_path: Path
) -> None:
    networks = [
        at.AttractorNetwork("seen", 60, at.Linear()),
        at.AttractorNetwork("hidden", 8, at.Softmax()),
        at.AttractorNetwork("shown", 60, at.Linear()),
    ]
    edges = [at.Association("seen", "hidden" if rule == "Slots" else "shown", RULES[rule]())]
    circuit = at.Circuit(at.Architecture(networks, edges))
    real = stream(0, "real").normal(size=(5, 60)).astype(kind)
    circuit.store({"seen": real} if rule == "Slots" else {"seen": real, "shown": real[::-1]})
    at.save(circuit, tmp_path / "c.npz")
    back = at.load(tmp_path / "c.npz", mmap=mmap)
    fields = [c.links[0].synapses.field(real) for c in (circuit, back)]
    assert np.array_equal(*fields)
    assert np.abs(fields[0]).max() > 1
    assert back.links[0].synapses.nbytes == circuit.links[0].synapses.nbytes
    assert np.array_equal(back.patterns("seen"), real)


def test_types_of_your_own_come_back_if_they_are_named(tmp_path: Path) -> None:
    class Own(at.Hebbian):
        pass

    at.save(filled(Own()), tmp_path / "c.npz")
    with pytest.raises(UnknownNameError, match=r"c\.npz': .*'Own'"):
        at.load(tmp_path / "c.npz")
    assert same(filled(Own()), at.load(tmp_path / "c.npz", [Own]))


def test_a_form_of_your_own_cannot_be_saved(tmp_path: Path) -> None:
    class Private(Dense):
        form = "private"

    circuit = filled(at.Hebbian())
    circuit.contents.put("m", Private(at.Hebbian(), (60, 60), True, "m"))
    with pytest.raises(UnsupportedError, match="'m' is held in the form 'private'"):
        at.save(circuit, tmp_path / "c.npz")
    assert list(tmp_path.iterdir()) == []


# --- damage --------------------------------------------------------------------------------

Change = Callable[[dict[str, Any], dict[str, Any]], None]


def altered(circuit: at.Circuit, path: Path, change: Change) -> None:
    """Save a circuit, change what is in the file, and make its checksums right again."""
    at.save(circuit, path)
    header, arrays = members.read(path, False)
    change(header, arrays)
    members.write(path, header, arrays)


def put(name: str, value: Any) -> Change:
    return lambda header, arrays: arrays.update({name: np.asarray(value)})


def head(name: str, value: Any) -> Change:
    return lambda header, arrays: header.update({name: value})


def cut(name: str) -> Change:
    return lambda header, arrays: arrays.pop(name)


SAVED = "synapses/0/"
MADE: dict[str, Callable[[], at.Circuit]] = {
    "dense": lambda: filled(at.Hebbian()),
    "packed": lambda: filled(at.Willshaw(), "packed"),
    "locations": lambda: filled(RULES["HardLocations"](200, 25)),
    "pairs": lambda: filled(RULES["KeyValue"]()),
    "counts": lambda: filled(at.Willshaw(), None, "counts"),
}
TAMPERED: list[tuple[str, Change]] = [
    ("dense", put(f"{SAVED}weights", np.zeros((60, 61), np.float32))),
    ("dense", put(f"{SAVED}weights", np.zeros((60, 60)))),
    ("dense", put(f"{SAVED}more", np.zeros(3))),
    ("dense", cut(f"{SAVED}weights")),
    ("dense", head("forms", ["packed"])),
    ("dense", head("forms", ["magic"])),
    ("dense", head("forms", [])),
    ("dense", head("forms", None)),
    ("dense", head("claimed", {"m": 61})),
    ("dense", head("claimed", {"n": 1})),
    ("dense", head("claimed", 3)),
    ("dense", head("lessons", "many")),
    # all bits of a word of 64 for 60 units
    ("packed", put(f"{SAVED}bits", np.full((60, 1), 2**64 - 1, np.uint64))),
    ("locations", put(f"{SAVED}counters", np.zeros((200, 1), np.int16))),
    ("pairs", put(f"{SAVED}keys", np.zeros((5, 59), np.int8))),
    ("pairs", put(f"{SAVED}values", np.zeros((4, 60), np.int8))),
    ("pairs", put(f"{SAVED}fan_out", np.zeros(59, np.int64))),
    ("counts", put(f"{SAVED}pairs", np.full((60, 60), -1, np.int32))),
    ("counts", put(f"{SAVED}post", np.full(60, 6))),
    ("counts", put(f"{SAVED}stored", np.array(2**40))),
    ("counts", put("register/times/0", np.ones(4, np.int64))),
    ("counts", put("register/rows", np.zeros((5, 3), np.uint8))),
    ("counts", cut("register/times/0")),
    ("counts", cut("register/rows")),
]


@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize(("made", "change"), TAMPERED)
def test_what_was_tampered_with_is_refused(
    made: str, change: Change, mmap: bool, tmp_path: Path
) -> None:
    altered(MADE[made](), tmp_path / "c.npz", change)
    with pytest.raises(OutputError, match=r"load: .*c\.npz'.*(damaged|cannot be)"):
        at.load(tmp_path / "c.npz", mmap=mmap)


LISTS: list[Change] = [
    lambda header, arrays: arrays[f"{SAVED}indices"].__setitem__(0, 60),
    lambda header, arrays: arrays[f"{SAVED}indices"].__setitem__(-1, -1),
    lambda header, arrays: arrays[f"{SAVED}indptr"].__setitem__(0, 1),
    lambda header, arrays: arrays[f"{SAVED}indptr"].__setitem__(-1, 10**6),
    lambda header, arrays: arrays[f"{SAVED}indptr"].__setitem__(30, 10**6),
    lambda header, arrays: arrays[f"{SAVED}indptr"].__setitem__(30, -5),
    lambda header, arrays: arrays.update({f"{SAVED}indptr": arrays[f"{SAVED}indptr"][:-1]}),
    lambda header, arrays: arrays.update({f"{SAVED}indices": arrays[f"{SAVED}indices"][:-1]}),
    lambda header, arrays: arrays.update({f"{SAVED}indices": arrays[f"{SAVED}indices"] * 1.0}),
]


@pytest.mark.parametrize("keep", ["weights", "counts"])
@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize("change", LISTS)
def test_places_outside_of_the_matrix_are_refused(
    change: Change, mmap: bool, keep: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "SMALL", 0)  # so that a table is compressed
    circuit = filled(at.Willshaw(), "sparse", keep)
    at.save(circuit, tmp_path / "c.npz")
    assert same(circuit, at.load(tmp_path / "c.npz", mmap=mmap))
    altered(circuit, tmp_path / "c.npz", change)
    with pytest.raises(OutputError, match="the synapses of 'm' are damaged"):
        at.load(tmp_path / "c.npz", mmap=mmap)


def test_stored_patterns_must_suit_their_network_and_differ(tmp_path: Path) -> None:
    for circuit, bad in [
        (filled(at.Hebbian()), np.full((5, 60), 3, np.int8)),
        (filled(at.Hebbian()), np.ones((5, 59), np.int8)),
        (filled(at.Hebbian()), np.ones((2, 60), np.int8)),
    ]:
        altered(circuit, tmp_path / "c.npz", put("books/0/patterns", bad))
        with pytest.raises(AttractorsError, match=r"c\.npz': .*patterns"):
            at.load(tmp_path / "c.npz")


def test_foreign_and_later_files_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "c.npz"
    np.savez(path, x=np.arange(3))
    with pytest.raises(OutputError, match="damaged or no saved circuit"):
        at.load(path)
    altered(filled(at.Hebbian()), path, head("format", "something else"))
    with pytest.raises(OutputError, match="no circuit of attractors; open it with numpy"):
        at.load(path)
    altered(filled(at.Hebbian()), path, head("schema", 2))
    with pytest.raises(OutputError, match="has schema 2, this version reads 1; update"):
        at.load(path)


def test_an_architecture_that_is_none_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "c.npz"
    altered(filled(at.Hebbian()), path, head("architecture", {"schema": 1, "architecture": {}}))
    with pytest.raises(ArchitectureError, match=r"c\.npz': .*describes no Architecture"):
        at.load(path)

    def rename(header: dict[str, Any], arrays: dict[str, Any]) -> None:
        header["architecture"]["architecture"]["networks"][0]["rule"]["type"] = "Hebian"

    altered(filled(at.Hebbian()), path, rename)
    with pytest.raises(UnknownNameError, match="did you mean 'Hebbian'"):
        at.load(path)


def test_units_beyond_all_memory_are_refused_before_they_are_made(tmp_path: Path) -> None:
    def swell(header: dict[str, Any], arrays: dict[str, Any]) -> None:
        header["architecture"]["architecture"]["networks"][0]["units"] = 10**7

    altered(filled(at.Hebbian()), tmp_path / "c.npz", swell)
    with pytest.raises(MemoryLimitError, match=r"c\.npz': "):
        at.load(tmp_path / "c.npz")


FUZZED = MADE | {
    "weights": brain,
    "nested counts": lambda: brain("counts"),
    "sparse": lambda: filled(at.Willshaw(), "sparse"),
}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(FUZZED)), st.booleans(), st.data())
def test_a_changed_byte_never_gives_another_circuit(
    tmp_path_factory: pytest.TempPathFactory, kind: str, mmap: bool, data: st.DataObject
) -> None:
    circuit = FUZZED[kind]()
    path = tmp_path_factory.mktemp("fuzz") / "c.npz"
    at.save(circuit, path)
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    else:
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(content))
    try:
        back = at.load(path, mmap=mmap)
    except AttractorsError:
        return
    # checksums of mapped arrays are not read, but what was loaded must act and not crash
    assert same(circuit, back) or mmap
