"""Files are written whole or not at all, and an unwritable place is found before the work."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attractors.errors import OutputError


def output_folder(path: str | os.PathLike[str]) -> Path:
    """Return the folder, created if it is missing, after proving that it can be written.

    Raises
    ------
    OutputError
        If the folder cannot be created or nothing can be written in it.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(
            f"The output folder {str(folder)!r} cannot be written: {error.strerror}. "
            "Name a folder that you may write to."
        ) from error
    return folder


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path beside the target, moved onto it only if the block succeeds.

    Raises
    ------
    OutputError
        If the folder of ``path`` does not exist or cannot be written.
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.suffix)
    except OSError as error:
        raise OutputError(
            f"{str(target)!r} cannot be written: {error.strerror}. Name an existing folder."
        ) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
