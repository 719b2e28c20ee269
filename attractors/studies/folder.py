"""The folder of a study: one header, and a ledger for every writer."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attractors.errors import OutputError
from attractors.files import output_folder, whole_file
from attractors.studies.ledger import Ledger, merged
from attractors.studies.provenance import provenance
from attractors.studies.shard import Shard
from attractors.studies.task import Row, Task

HEADER = "header.json"
LEDGER = "ledger.jsonl"


@dataclass(frozen=True)
class Folder:
    """A folder that holds one study.

    Attributes
    ----------
    path : Path
        Where it is.
    header : dict
        What its header says: at least ``study`` (the name), ``definition`` and ``provenance``.
    """

    path: Path
    header: dict[str, Any]

    @property
    def identity(self) -> str:
        """Text that two studies share only if name and definition are equal."""
        text = json.dumps([self.header["study"], self.header["definition"]], sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()

    def ledger(self, shard: Shard | None = None) -> Ledger:
        """Return the ledger that a run, or a shard of it, writes."""
        name = LEDGER if shard is None else f"ledger.{shard.name}.jsonl"
        return Ledger(self.path / name, self.identity)

    def trials(self) -> dict[str, tuple[Task, Row]]:
        """Return all finished trials by the key of their task, whoever ran them."""
        return merged(Ledger(path, self.identity) for path in _ledgers(self.path))

    def finished(self) -> dict[str, Row]:
        """Return the rows of all finished trials by the key of their task."""
        return {key: row for key, (_, row) in self.trials().items()}


def opened(path: str | os.PathLike[str]) -> Folder:
    """Return the study that a folder holds.

    Raises
    ------
    OutputError
        If there is none, or its header is damaged.
    """
    header = Path(path) / HEADER
    if not header.is_file():
        raise OutputError(
            f"{str(path)!r} holds no study: it has no {HEADER}. Name a folder that was given to "
            "a study as --out."
        )
    return Folder(Path(path), _read(header))


def claimed(path: str | os.PathLike[str], name: str, definition: Mapping[str, Any]) -> Folder:
    """Return a folder that holds this study from now on.

    Parameters
    ----------
    path : path
        Folder; created if it is missing.
    name : str
        Name of the study.
    definition : mapping
        All that decides the numbers, as JSON can hold it.

    Raises
    ------
    OutputError
        If the folder cannot be written or holds a study of another definition.
    """
    folder = output_folder(path)
    header, entry = folder / HEADER, {"study": name, "definition": dict(definition)}
    # looked for before the header: jobs that begin together write that first, then their ledger
    orphans = bool(_ledgers(folder))
    if not header.exists():
        if orphans:
            raise OutputError(
                f"{str(folder)!r} holds a ledger without its {HEADER}; name another folder."
            )
        _create(header, json.dumps({**entry, "provenance": provenance()}, indent=2) + "\n")
    found = _read(header)
    _refuse_other(folder, found, entry)
    return Folder(folder, found)


def _ledgers(folder: Path) -> list[Path]:
    return sorted(folder.glob("ledger*.jsonl"))


def _create(header: Path, text: str) -> None:
    """Write a header whole, unless another job has been quicker: then that one stays."""
    draft = header.with_name(f".{uuid.uuid4().hex}.json")
    with whole_file(draft) as path:
        path.write_text(text, encoding="utf-8")
    try:
        os.link(draft, header)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not header.exists():
            os.replace(draft, header)
    finally:
        draft.unlink(missing_ok=True)


def _read(header: Path) -> dict[str, Any]:
    try:
        found = json.loads(header.read_text(encoding="utf-8"))
        whole = isinstance(found["study"], str) and isinstance(found["definition"], dict)
    except (OSError, ValueError, TypeError, KeyError):
        whole = False
    if not whole:
        raise OutputError(f"{str(header)!r} is damaged or no header of a study; restore the file.")
    return dict(found)


def _refuse_other(folder: Path, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    was, now = _flat(found), _flat(json.loads(json.dumps(wanted)))
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            raise OutputError(
                f"{str(folder)!r} holds a study with {key} = {was.get(key)!r}, not "
                f"{now.get(key)!r}; name another folder, or delete this one to start anew."
            )


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"study": entry["study"], **entry["definition"]}
