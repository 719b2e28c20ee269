"""Compiled programs are found again by their text."""

from __future__ import annotations

import subprocess

import pytest

from attractors.engines.spiking.targets import programs
from attractors.engines.spiking.targets.compilers import missing
from attractors.engines.spiking.targets.programs import CompilationError, fingerprint, program

needs_compiler = pytest.mark.skipif(bool(missing("cpp_standalone")), reason="no compiler")
CLOCKS = [
    "_array_a_clock_t[0] = 0.0;",
    "_array_b_clock_timestep[0] = 0;",
    "network.add(&a_clock, NULL);",
]


@pytest.fixture
def project(tmp_path):
    def write(*lines, name="project"):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "main.cpp").write_text("\n".join(lines))
        (folder / "makefile").write_text("main: main.cpp\n\tg++ -o main main.cpp\n")
        return folder

    return write


def test_lines_about_clocks_may_come_in_any_order_and_no_others(project):
    text = ["a = 1;", *CLOCKS, "network.add(&a_clock, _run_a);", "network.add(&a_clock, _run_b);"]
    moved = ["a = 1;", *reversed(CLOCKS), *text[-2:]]
    swapped = [*text[:-2], text[-1], text[-2]]
    prints = [fingerprint(project(*lines, name=str(n))) for n, lines in enumerate([text, moved])]
    assert prints[0] == prints[1]
    assert fingerprint(project(*swapped, name="swapped")) != prints[0]


def test_file_names_flags_and_data_files_count_as_they_should(project):
    folder = project("int main() {}")
    before = fingerprint(folder)
    (folder / "static_array").write_bytes(b"values")
    assert fingerprint(folder) == before, "values are no text"
    (folder / "makefile").write_text("main: main.cpp\n\tg++ -O0 -o main main.cpp\n")
    flags = fingerprint(folder)
    (folder / "other.cpp").touch()
    assert len({before, flags, fingerprint(folder)}) == 3


@needs_compiler
def test_the_same_text_is_compiled_once(project, tmp_path, caplog):
    kept, text = tmp_path / "kept", "int main() { return 7; }"
    caplog.set_level("INFO", "attractors")
    assert program(project(text), kept)
    assert [record.message for record in caplog.records] == [
        "cpp_standalone: compiling once, about 25 s; cached afterwards"
    ]
    second = project(text, name="second")
    assert not program(second, kept)
    assert subprocess.run([second / "main"], check=False).returncode == 7
    assert len(caplog.records) == 1


@needs_compiler
def test_a_compiler_that_fails_leaves_nothing_and_names_the_cure(project, tmp_path):
    with pytest.raises(CompilationError, match="target='numpy'"):
        program(project("int main( {"), tmp_path / "kept")
    assert not [path for path in (tmp_path / "kept").iterdir() if path.suffix != ".lock"]


@needs_compiler
def test_programs_not_used_for_longest_are_forgotten(project, tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "MOST", 1)
    kept = tmp_path / "kept"
    first, second = (project(f"int main() {{ return {n}; }}", name=str(n)) for n in (1, 2))
    program(first, kept)
    program(second, kept)
    assert {path.name for path in kept.iterdir()} == {
        fingerprint(second),
        f"{fingerprint(second)}.lock",
    }
