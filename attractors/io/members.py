"""Named arrays in one uncompressed zip file, aligned so that they can be mapped into memory."""

from __future__ import annotations

import json
import os
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from attractors.errors import AttractorsError, OutputError

HEADER = "header.json"
ALIGNMENT = 64
# of a member's own header in the file, and what zipfile adds to it for sizes beyond 4 GB
LOCAL, ZIP64 = 30, 20
# the extra field that keeps members aligned, as Android's zipalign writes it
PADDING = 0xD935
EPOCH = (1980, 1, 1, 0, 0, 0)
LONGEST_ARRAY_HEADER = 4096
KINDS = "biuf"
CHUNK = 2**24


def write(path: Path, header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a JSON header and named arrays.

    The file is an ``.npz`` that :func:`numpy.load` opens too. Arrays start at multiples of 64
    bytes.

    Parameters
    ----------
    path : Path
        File.
    header : mapping
        Anything that JSON can hold.
    arrays : mapping of str to array
        Of booleans and numbers; names may contain ``/``.
    """
    with zipfile.ZipFile(path, "w") as archive:
        with _member(archive, HEADER) as file:
            file.write(json.dumps(header, allow_nan=False).encode())
        for name, array in arrays.items():
            with _member(archive, f"{name}.npy") as file:
                # asarray: ascontiguousarray would make a vector of a number
                npy.write_array(  # type: ignore[no-untyped-call]
                    file, np.asarray(array, order="C"), allow_pickle=False
                )


def read(path: Path, mapped: bool) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the header and the arrays of a file; no code is executed.

    Parameters
    ----------
    path : Path
        File.
    mapped : bool
        Map the arrays into memory, read-only and unread, instead of reading them: their checksums
        are then not verified.

    Raises
    ------
    OutputError
        If the file is damaged or something else.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = {info.filename: info for info in archive.infolist()}
            _refuse_packed(archive.infolist(), os.path.getsize(path))
            header = json.loads(archive.read(members[HEADER]).decode())
            if not isinstance(header, dict):
                raise ValueError("the header is no JSON object")
            arrays = {
                name.removesuffix(".npy"): _array(archive, info, path, mapped)
                for name, info in members.items()
                if name != HEADER
            }
            return header, arrays
    except (AttractorsError, MemoryError):
        raise
    except Exception as error:  # zipfile and NumPy raise almost anything on damage
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise OutputError(
            f"load: {str(path)!r} is damaged or no saved circuit ({reason}). Save it again."
        ) from error


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Open a new member whose content starts at a multiple of 64 bytes."""
    info = zipfile.ZipInfo(name, EPOCH)
    before = archive.start_dir + LOCAL + len(name.encode()) + ZIP64 + 4
    padding = -before % ALIGNMENT
    info.extra = struct.pack("<HH", PADDING, padding) + bytes(padding)
    with archive.open(info, "w", force_zip64=True) as file:
        yield file


def _refuse_packed(infos: Iterable[zipfile.ZipInfo], size: int) -> None:
    """Refuse members that would unpack to more than the file has."""
    total = 0
    for info in infos:
        total += info.file_size
        packed = info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size
        if packed or total > size:
            raise ValueError(f"{info.filename} is compressed or longer than the file")


def _array(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, mapped: bool
) -> NDArray[Any]:
    with archive.open(info) as file:
        shape, dtype, used = _layout(file, info)
        if mapped and shape and 0 not in shape:
            # a plain array that keeps the map alive
            return np.asarray(np.memmap(path, dtype, "r", _start(path, info) + used, shape))
        array = np.empty(shape, dtype)
        bytes_ = array.reshape(-1).view(np.uint8)
        for start in range(0, len(bytes_), CHUNK):
            piece = file.read(CHUNK)
            bytes_[start : start + len(piece)] = np.frombuffer(piece, np.uint8)
        # the checksum is compared at the end of the member, which must have been seen
        file.read(1)
        return array


def _layout(file: IO[bytes], info: zipfile.ZipInfo) -> tuple[tuple[int, ...], np.dtype[Any], int]:
    """Return shape, type and where the numbers start, after proving that they fill the member."""
    version = npy.read_magic(file)  # type: ignore[no-untyped-call]
    if version != (1, 0):
        raise ValueError(f"{info.filename} is an array of version {version}")
    header = npy.read_array_header_1_0
    shape, fortran, dtype = header(file, LONGEST_ARRAY_HEADER)  # type: ignore[call-arg, no-untyped-call]
    if dtype.kind not in KINDS or dtype.fields or dtype.subdtype or fortran:
        raise ValueError(f"{info.filename} holds {dtype}, not plain numbers in order")
    size = dtype.itemsize
    for length in shape:
        size *= length
    used = file.tell()
    if min(shape, default=0) < 0 or used + size != info.file_size:
        raise ValueError(f"{info.filename} has the wrong length for shape {shape}")
    return shape, dtype, used


def _start(path: Path, info: zipfile.ZipInfo) -> int:
    """Return where the content of a member starts in the file."""
    with path.open("rb") as file:
        file.seek(info.header_offset)
        local = file.read(LOCAL)
    name, extra = struct.unpack("<HH", local[26:30])
    start: int = info.header_offset + LOCAL + name + extra
    if start + info.file_size > os.path.getsize(path):
        raise ValueError(f"{info.filename} ends beyond the file")
    return start
