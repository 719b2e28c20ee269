import pytest

from attractors.errors import OutputError
from attractors.files import output_folder, whole_file


def write_half(target):
    with whole_file(target) as path:
        path.write_text("half")
        raise RuntimeError


def test_file_appears_only_when_the_block_succeeds(tmp_path):
    target = tmp_path / "numbers.json"
    with pytest.raises(RuntimeError):
        write_half(target)
    assert list(tmp_path.iterdir()) == []
    with whole_file(target) as path:
        path.write_text("whole")
    assert [p.name for p in tmp_path.iterdir()] == ["numbers.json"]
    assert target.read_text() == "whole"


def test_failure_leaves_the_older_file_as_it_was(tmp_path):
    target = tmp_path / "numbers.json"
    target.write_text("old")
    with pytest.raises(RuntimeError):
        write_half(target)
    assert target.read_text() == "old"


def test_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        output_folder(tmp_path / "file" / "below")
    with pytest.raises(OutputError, match="cannot be written"), whole_file(tmp_path / "no" / "x"):
        pass


def test_missing_folders_are_made(tmp_path):
    assert output_folder(tmp_path / "a" / "b").is_dir()
