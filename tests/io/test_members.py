"""The container of saved circuits: aligned, plain, and shut against what is damaged or foreign."""

from __future__ import annotations

import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attractors.errors import AttractorsError, OutputError
from attractors.io import members

ARRAYS = {
    "bits": np.arange(12, dtype=np.uint64).reshape(3, 4),
    "deep/name/ä": np.array([[True], [False]]),
    "none": np.zeros((0, 7), np.int8),
    "single": np.array(3.5),
    "turned": np.arange(6.0).reshape(2, 3).T,
}
HEADER = {"format": "test", "numbers": [1, 2.5, None]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "x.npz"
    members.write(file, HEADER, ARRAYS)
    return file


@pytest.mark.parametrize("mapped", [False, True])
def test_header_and_arrays_come_back(path: Path, mapped: bool) -> None:
    header, arrays = members.read(path, mapped)
    assert header == HEADER
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert np.array_equal(arrays[name], array)
        assert (arrays[name].dtype, arrays[name].shape) == (array.dtype, array.shape)


def test_mapped_arrays_are_aligned_and_read_only_the_others_writable(path: Path) -> None:
    for mapped in (True, False):
        for name, array in members.read(path, mapped)[1].items():
            if array.size > 1:
                assert array.flags.writeable is not mapped, name
                assert array.flags.aligned
                if mapped:
                    assert array.__array_interface__["data"][0] % 64 == 0, name


def test_numpy_and_unzip_read_the_file_too(path: Path) -> None:
    with np.load(path) as plain:
        assert np.array_equal(plain["bits"], ARRAYS["bits"])
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read("header.json")) == HEADER


def test_the_same_content_makes_the_same_file(path: Path, tmp_path: Path) -> None:
    members.write(tmp_path / "y.npz", HEADER, ARRAYS)
    assert (tmp_path / "y.npz").read_bytes() == path.read_bytes()


def read_or_refused(file: Path, mapped: bool) -> tuple | str:
    try:
        return members.read(file, mapped)
    except AttractorsError as error:
        return str(error)


def same(one: tuple, two: tuple) -> bool:
    return one[0] == two[0] and all(np.array_equal(one[1][n], two[1][n]) for n in two[1])


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_changed_byte_is_harmless_or_found(
    tmp_path_factory: pytest.TempPathFactory, data
) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "x.npz"
    members.write(file, HEADER, ARRAYS)
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    file.write_bytes(bytes(content))
    for mapped in (False, True):
        found = read_or_refused(file, mapped)
        if isinstance(found, str):
            assert str(file) in found
        elif not mapped:
            assert same(found, (HEADER, ARRAYS))


def test_a_truncated_file_is_refused_wherever_it_ends(path: Path) -> None:
    whole = path.read_bytes()
    for length in [*range(0, len(whole), 37), len(whole) - 1]:
        path.write_bytes(whole[:length])
        for mapped in (False, True):
            with pytest.raises(OutputError, match="damaged or no saved circuit"):
                members.read(path, mapped)


def npy(array: np.ndarray, header: bytes | None = None) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array)
    content = file.getvalue()
    if header is None:
        return content
    return content[:8] + struct.pack("<H", len(header)) + header + array.tobytes()


def described(descr: str, shape: str) -> bytes:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n".encode()


ROW = np.arange(4.0)


@pytest.mark.parametrize(
    "content",
    [
        npy(np.array([{"a": 1}], object)),
        npy(np.array([(1, 2.0)], "i4,f8")),
        npy(np.array(["text"])),
        npy(np.array([1j])),
        npy(np.asfortranarray(np.arange(6.0).reshape(2, 3))),
        npy(ROW, described("'<f8'", "(5,)")),
        npy(ROW, described("'<f8'", "(3,)")),
        npy(ROW, described("'<f8'", "(-4,)")),
        npy(ROW, described("'<f8'", "(-2, -2)")),
        npy(ROW, described("'<f8'", "(2.0, 2.0)")),
        npy(ROW, described("'<f8'", f"({2**62}, 8)")),
        npy(ROW, described("'<f8'", "(" + "1, " * 3000 + "4)")),
        npy(ROW, described("__import__('os').abort()", "(4,)")),
        npy(ROW, described("('<f8', (2,))", "(2,)")),
        npy(ROW, b"(" * 9000),
        npy(ROW)[:6] + b"\x02\x00" + struct.pack("<I", 2**31) + npy(ROW)[10:],
        npy(ROW)[:9],
        b"",
        pickle.dumps(ROW),
    ],
)
def test_members_that_are_no_plain_arrays_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.npz"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("header.json", "{}")
        archive.writestr("bad.npy", content)
    for mapped in (False, True):
        with pytest.raises(OutputError, match=r"bad\.npz' is damaged or no saved circuit"):
            members.read(file, mapped)


def packed(archive: zipfile.ZipFile) -> None:
    archive.writestr("header.json", json.dumps({}))
    archive.writestr("x.npy", npy(np.zeros(10**6)), compress_type=zipfile.ZIP_DEFLATED)


def no_header(archive: zipfile.ZipFile) -> None:
    archive.writestr("x.npy", npy(ROW))


def other_header(archive: zipfile.ZipFile) -> None:
    archive.writestr("header.json", "[1, 2]")


def deep_header(archive: zipfile.ZipFile) -> None:
    archive.writestr("header.json", "[" * 100_000)


@pytest.mark.parametrize("fill", [packed, no_header, other_header, deep_header])
def test_foreign_archives_are_refused(
    tmp_path: Path, fill: Callable[[zipfile.ZipFile], None]
) -> None:
    file = tmp_path / "foreign.npz"
    with zipfile.ZipFile(file, "w") as archive:
        fill(archive)
    with pytest.raises(OutputError, match="damaged or no saved circuit"):
        members.read(file, False)


def test_members_that_overlap_are_no_way_to_fill_the_memory(path: Path) -> None:
    """A directory that names one member many times over promises more than the file has."""
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("bits.npy")
        start = archive.start_dir
    end = content.rindex(b"PK\x05\x06")
    directory = content[start:end]
    count = 50
    last = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 6 * count, 6 * count, count * len(directory), start, 0
    )
    path.write_bytes(content[:start] + directory * count + last)
    assert info.file_size * count > len(content)
    with pytest.raises(OutputError, match="longer than the file"):
        members.read(path, True)
