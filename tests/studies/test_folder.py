"""A folder holds one study: what it is called, how it is defined and who wrote what."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from attractors.errors import OutputError
from attractors.studies.folder import claimed, opened
from attractors.studies.shard import Shard
from attractors.studies.task import Task


def test_a_claimed_folder_tells_the_definition_and_where_it_comes_from(tmp_path: Path) -> None:
    folder = claimed(tmp_path / "new", "own", {"a": 1, "b": [1, 2]})
    header = json.loads((tmp_path / "new" / "header.json").read_text())
    assert header == opened(folder.path).header == folder.header
    assert header["definition"] == {"a": 1, "b": [1, 2]}
    assert {"attractors", "python", "numpy", "source_commit"} <= header["provenance"].keys()


def test_jobs_that_begin_together_agree_on_one_definition(tmp_path: Path) -> None:
    told: list[int] = []
    gate = threading.Barrier(8)

    def begin(value: int) -> None:
        gate.wait()
        try:
            claimed(tmp_path, "own", {"a": value})
            told.append(value)
        except OutputError:
            pass

    threads = [threading.Thread(target=begin, args=(n % 2,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [opened(tmp_path).header["definition"]["a"]] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["header.json"], "no draft is left"


def test_trials_of_all_ledgers_are_found_once(tmp_path: Path) -> None:
    folder = claimed(tmp_path, "own", {})
    first, second = folder.ledger(), folder.ledger(Shard(1, 2))
    first.append(Task({"x": 1}, 0), {"y": 1})
    second.append(Task({"x": 1}, 0), {"y": 1})
    second.append(Task({"x": 1}, 1), {"y": 2})
    assert [row["y"] for row in folder.finished().values()] == [1, 2]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"study": 1, "definition": {}}', "{}"])
def test_a_damaged_header_is_no_study(tmp_path: Path, text: str) -> None:
    (tmp_path / "header.json").write_text(text)
    for call in (lambda: opened(tmp_path), lambda: claimed(tmp_path, "own", {})):
        with pytest.raises(OutputError, match="damaged or no header"):
            call()


def test_a_folder_without_study_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no study"):
        opened(tmp_path)
