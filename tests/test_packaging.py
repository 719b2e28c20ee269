"""The wheel works where nothing of the checkout is in reach, on every supported Python."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import attractors

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
PIN = re.compile(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.]*)")


@pytest.fixture(scope="module")
def metadata() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def lines(text: str) -> list[str]:
    """Entries of a multi-line value, without blank lines and comments."""
    return [line for line in text.split("\n") if line.strip() and not line.startswith("#")]


def pins(python: str) -> dict[str, Version]:
    """Normalised name to version in one constraints file."""
    text = (ROOT / "constraints" / f"python{python}.txt").read_text(encoding="utf-8")
    matches = (PIN.fullmatch(line) for line in text.splitlines())
    return {m[1].lower().replace("_", "-"): Version(m[2]) for m in matches if m}


def test_every_folder_of_the_package_is_listed(metadata: configparser.ConfigParser) -> None:
    folders = {path.parent for path in (ROOT / "attractors").rglob("*.py")}
    present = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    listed = lines(metadata["options"]["packages"])
    assert sorted(listed) == sorted(present | {"attractors.models"})


def test_version_is_the_same_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {attractors.__version__}\n" in citation
    assert f"\n## {attractors.__version__}" in changes


@pytest.mark.parametrize("python", PYTHONS)
def test_constraints_are_names_and_versions_only(python: str) -> None:
    text = (ROOT / "constraints" / f"python{python}.txt").read_text(encoding="utf-8")
    odd = [line for line in text.splitlines() if not PIN.fullmatch(line)]
    assert not odd, f"no plain name==version: {odd}"


@pytest.mark.parametrize("python", PYTHONS)
def test_constraints_meet_every_requirement(
    python: str, metadata: configparser.ConfigParser
) -> None:
    pinned = pins(python)
    asked = lines(metadata["options"]["install_requires"])
    for extra in ("test", "docs", "dev"):
        asked += lines(metadata["options.extras_require"][extra])
    for requirement in map(Requirement, asked):
        if requirement.marker is None or requirement.marker.evaluate({"python_version": python}):
            version = pinned.get(requirement.name.lower())
            assert version is not None, f"{requirement.name} is not pinned for Python {python}"
            assert requirement.specifier.contains(version), f"{requirement} but {version} pinned"


@pytest.mark.parametrize("python", PYTHONS)
def test_every_python_gets_one_brian2(python: str, metadata: configparser.ConfigParser) -> None:
    asked = map(Requirement, lines(metadata["options"]["install_requires"]))
    chosen = [
        requirement
        for requirement in asked
        if requirement.name == "brian2"
        and requirement.marker is not None
        and requirement.marker.evaluate({"python_version": python})
    ]
    assert len(chosen) == 1


class Installation:
    """A virtual environment with the wheel in it, and an empty folder to work in."""

    def __init__(self, folder: Path) -> None:
        # a copy: a build in the checkout would take over what an older build left behind
        self.source = folder / "source"
        for name in ("attractors", "models"):
            shutil.copytree(
                ROOT / name, self.source / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, self.source)
        venv.create(folder / "venv", with_pip=True)
        self.bin = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self.empty = folder / "empty"
        self.empty.mkdir()
        self.pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(self.source))
        (self.wheel,) = folder.glob("*.whl")
        python = f"python{sys.version_info.major}.{sys.version_info.minor}.txt"
        self.pip("install", "--constraint", str(ROOT / "constraints" / python), str(self.wheel))

    def run(self, program: str, *arguments: str) -> str:
        """Return what a program of the environment prints, run from the empty folder."""
        env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        done = subprocess.run(
            [self.bin / program, *arguments],
            cwd=self.empty,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{program} {' '.join(arguments)}:\n{done.stderr[-3000:]}"
        return done.stdout

    def pip(self, *arguments: str) -> None:
        """Run the environment's pip."""
        self.run("python", "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("installation"))


# One group: two workers would build two environments of half a gigabyte.
in_a_clean_environment = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]


class TestCleanEnvironment:
    pytestmark = in_a_clean_environment

    def test_wheel_carries_models_licence_and_type_marker(self, installation: Installation) -> None:
        names = zipfile.ZipFile(installation.wheel).namelist()
        models = {path.name for path in (ROOT / "models").glob("*.py")}
        assert {f"attractors/models/{name}" for name in models} <= set(names)
        assert "attractors/py.typed" in names
        assert any(name.endswith("LICENSE") for name in names)

    def test_wheel_carries_every_module(self, installation: Installation) -> None:
        names = set(zipfile.ZipFile(installation.wheel).namelist())
        modules = {str(path.relative_to(ROOT)) for path in (ROOT / "attractors").rglob("*.py")}
        assert modules <= names, sorted(modules - names)

    def test_package_is_not_the_checkouts(self, installation: Installation) -> None:
        where = installation.run("python", "-c", "import attractors; print(attractors.__file__)")
        assert "site-packages" in where

    def test_help_teaches(self, installation: Installation) -> None:
        assert "demo" in installation.run("attractors", "--help")

    def test_models_are_found(self, installation: Installation) -> None:
        listed = installation.run("attractors", "models")
        assert "hopfield" in listed
        assert "digits_gate" in listed

    def test_a_model_runs_from_an_empty_folder(self, installation: Installation) -> None:
        assert "hopfield" in installation.run("attractors", "run", "hopfield").lower()
        assert list(installation.empty.iterdir()) == []

    def test_brian2_imports(self, installation: Installation) -> None:
        assert installation.run("python", "-c", "import brian2; print(brian2.__version__)").strip()

    def test_an_editable_installation_finds_the_models(self, installation: Installation) -> None:
        installation.pip("install", "--no-deps", "--editable", str(installation.source))
        listed = installation.run("attractors", "models")
        installation.pip("install", "--no-deps", "--force-reinstall", str(installation.wheel))
        assert "hopfield" in listed
