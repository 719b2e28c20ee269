"""Compiled standalone programs, kept by the text that they were compiled from."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

import brian2
from brian2.utils.filelock import FileLock

from attractors.engines.spiking.targets.telling import compiling
from attractors.errors import AttractorsError
from attractors.files import whole_file

NAME = "main.exe" if os.name == "nt" else "main"
LOCK = ".lock"
# programs kept, of half a megabyte each
MOST = 64
# of a network with two synapse objects on one core; two cores take half as long
SECONDS = 25.0
_OF_CLOCKS = re.compile(
    r"(_array_\w*clock\w*_(timestep|t|dt)\[0\] = [-+.\de]+;|\w+\.add\(&\w+, NULL\);)"
)


class CompilationError(AttractorsError, RuntimeError):
    """A compiler failed."""


def program(project: Path, kept: Path) -> bool:
    """Put the program of a written project in place; compile it only if nobody has before.

    Sizes and constants are in the text, values are not: another run of the same model with other
    patterns finds its program here.

    Parameters
    ----------
    project : Path
        Folder of the generated text.
    kept : Path
        Folder of compiled programs.

    Returns
    -------
    bool
        Whether it had to be compiled.

    Raises
    ------
    CompilationError
        If the compiler fails.
    """
    kept.mkdir(parents=True, exist_ok=True)
    found = kept / fingerprint(project)
    # processes that want the same program wait for the first one's
    with FileLock(str(found) + LOCK):
        if found.is_file():
            shutil.copy2(found, project / NAME)
            # the oldest are those not used for the longest time
            found.touch()
            return False
        with compiling("cpp_standalone", SECONDS):
            _make(project)
        with whole_file(found) as path:
            shutil.copyfile(project / NAME, path)
        found.chmod(0o755)
    _forget(kept)
    return True


def fingerprint(project: Path) -> str:
    """Return a digest of all text that goes into the program, of Brian2 and of the machine."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((brian2.__version__, platform.machine(), platform.processor())).encode())
    files = sorted(p for p in project.rglob("*") if p.suffix in (".cpp", ".h") or _is_make(p))
    for path in files:
        digest.update(f"\0{path.relative_to(project)}\0".encode())
        digest.update("\n".join(_ordered(path.read_text(encoding="utf-8"))).encode())
    return digest.hexdigest()


def _ordered(text: str) -> list[str]:
    """Return the lines of a text, those first that Brian2 writes in an order of chance, sorted.

    They set clocks to zero and enter clocks without code; their order does nothing.
    """
    lines = text.splitlines()
    by_chance = [line for line in lines if _OF_CLOCKS.fullmatch(line.strip())]
    return sorted(by_chance) + [line for line in lines if not _OF_CLOCKS.fullmatch(line.strip())]


def _is_make(path: Path) -> bool:
    return path.name in ("makefile", "win_makefile")


def _make(project: Path) -> None:
    if os.name == "nt":
        device = brian2.get_device()
        compiler, _ = brian2.codegen.cpp_prefs.get_compiler_and_args()
        device.compile_source(str(project), compiler, False, False)
        return
    # Brian2's own way asks for all files at once, whatever the memory, and is deaf to Ctrl-C
    command = [brian2.prefs["devices.cpp_standalone.make_cmd_unix"], f"-j{os.cpu_count() or 1}"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise CompilationError(f"cpp_standalone: {command[0]} failed; use target='numpy'.\n{last}")


def _forget(kept: Path) -> None:
    """Remove the programs that have not been used for the longest time."""
    programs = (path for path in kept.iterdir() if path.suffix != LOCK)
    for path in sorted(programs, key=lambda path: path.stat().st_mtime)[:-MOST]:
        path.unlink(missing_ok=True)
        Path(str(path) + LOCK).unlink(missing_ok=True)
