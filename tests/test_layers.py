"""Imports point down: DESIGN.md's table, held against the source by ``ast``."""

from __future__ import annotations

import ast
import doctest
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "attractors"

# Rows from the bottom up; a module imports from rows below its own only, and from its own folder.
# The two halves of a level stand in two rows, so that nothing reaches across.
ROWS: list[tuple[str, set[str]]] = [
    ("0", {"errors"}),
    ("0, on errors", {"seeding", "files", "checks", "room"}),
    ("1a, threads", {"kernels.threads"}),
    ("1a, plain kernels", {"kernels.plain"}),
    ("1a, fast kernels", {"kernels.fast"}),
    # a rule may name the dynamics that separates what it stores
    ("1a, below rules", {"dynamics"}),
    ("1a", {"kernels", "patterns", "rules"}),
    ("1b", {"synapses", "encoders", "measures", "protocol", "theory", "patternbook"}),
    ("2", {"architecture"}),
    ("3", {"circuit", "recording", "schedule"}),
    ("3, on both", {"recorder", "accounting", "spike_trains"}),
    ("4, shared", {"engines"}),
    ("4", {"engines.rate", "engines.spiking"}),
    ("5", {"simulation", "memory"}),
    ("6", {"studies", "plots", "io"}),
    ("7", {"catalog", "bench", "cli", "testing", "demo", "verify"}),
]
RANK = {unit: rank for rank, (_, units) in enumerate(ROWS) for unit in units}
TOP = len(ROWS) - 1
# importlib.import_module("name") and its kin are imports too
DYNAMIC = r"([\w.]*\.)?(import_module|__import__)\('[^']*'\)"
CONFINED = {
    "brian2": "engines.spiking",
    "matplotlib": "plots",
    "neo": "spike_trains",
    "numba": "kernels.fast",
}
RIVALS = "attractors.bench.rivals."


def module_name(path: Path) -> str:
    """Dotted name of a file of the package; an ``__init__`` has the name of its folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def unit_of(module: str) -> str:
    """Row entry that a dotted module belongs to; '' for the package itself."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if ".".join(parts[:2]) in RANK else ".".join(parts[:1])


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted target of every import, ``importlib.import_module("...")`` included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write relative imports out"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and re.fullmatch(DYNAMIC, ast.unparse(node)):
            yield node.lineno, ast.literal_eval(node.args[0])


def violations(module: str, source: str) -> list[str]:
    """Every import of a module that DESIGN.md's table forbids."""
    own, found = unit_of(module), []
    rank = RANK.get(own, TOP)
    for line, target in imports(ast.parse(source)):
        library, _, rest = target.partition(".")
        # a rival is the library itself
        if CONFINED.get(library, own) != own and not module.startswith(RIVALS):
            found.append(f"{module}:{line} imports {library}; only {CONFINED[library]} may")
        if library != "attractors" or own == "":
            continue
        other = unit_of(target)
        # what is no module is a name of the package itself: it stands with level 7
        if other != own and RANK.get(other, TOP) >= rank != TOP:
            found.append(f"{module}:{line} (level {ROWS[rank][0]}) imports {rest or library}")
    return found


def test_every_module_stands_in_the_table() -> None:
    present = {unit_of(module_name(path)) for path in PACKAGE.rglob("*.py")} - {""}
    assert present <= RANK.keys(), f"no level for {sorted(present - RANK.keys())}; see DESIGN.md"


def test_imports_point_down() -> None:
    found = [
        problem
        for path in sorted(PACKAGE.rglob("*.py"))
        for problem in violations(module_name(path), path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("attractors.errors", "from attractors.seeding import stream"),
        ("attractors.rules.own", "from attractors.patterns import as_patterns"),
        ("attractors.circuit", "from attractors import simulation"),
        ("attractors.circuit", "import attractors"),
        ("attractors.circuit", "def f():\n    import attractors.engines.rate.engine"),
        ("attractors.engines.rate.engine", "from attractors.engines.spiking import engine"),
        ("attractors.plots.raster", "from attractors.studies import capacity"),
        ("attractors.engines.rate.engine", "import brian2"),
        ("attractors.simulation", "importlib.import_module('brian2.units')"),
        ("attractors.demo", "import matplotlib.pyplot as plt"),
        ("attractors", "import numba"),
        ("attractors.kernels.winners", "import numba"),
        ("attractors.kernels.plain.winners", "from attractors.kernels.fast import winners"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert len(violations(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("attractors.circuit", "from attractors import errors\nimport numpy.linalg"),
        ("attractors.engines.spiking.engine", "import brian2\nfrom attractors.circuit import C"),
        ("attractors.plots.raster", "from attractors.plots import style\nimport matplotlib"),
        ("attractors.cli", "from attractors import Memory, demo\nimport attractors as at"),
    ],
)
def test_an_allowed_import_passes(module: str, source: str) -> None:
    assert violations(module, source) == []


def test_importing_the_package_pulls_in_no_heavy_library() -> None:
    code = "import sys, json, attractors; dir(attractors); print(json.dumps(sorted(sys.modules)))"
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(json.loads(out.stdout)) & {*CONFINED, "sklearn", "pandas"}
    assert not loaded, f"import attractors loads {sorted(loaded)}"


def blocks(path: Path) -> Iterator[str]:
    """Python source in a module, a notebook's cells or a page's fences."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield text
        return
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        found = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    else:
        fence = r"^(`{3,})(?:python|pycon|\{code-(?:cell|block)\} *\w*)\n(.*?)^\1"
        found = [match[2] for match in re.finditer(fence, text, re.MULTILINE | re.DOTALL)]
    for block in found:
        if ">>>" in block:
            yield "".join(example.source for example in doctest.DocTestParser().get_examples(block))
        else:
            # cell options, line magics and shell lines are no Python
            yield re.sub(r"^(:|---|[%!]).*$", "", block, flags=re.MULTILINE)


def hidden(target: str) -> bool:
    """Whether a dotted name of ours is private, or not there at all."""
    parts = target.split(".")
    if any(part.startswith("_") and part != "__version__" for part in parts):
        return True
    owner: object = importlib.import_module("attractors")
    for depth, part in enumerate(parts[1:], start=2):
        listed = getattr(owner, "__all__", None)
        if part == "__version__" or (listed is not None and part in listed):
            return False
        try:
            owner = importlib.import_module(".".join(parts[:depth]))
        except ImportError:
            return listed is not None or not hasattr(owner, part)
    return False


def names_used(source: str) -> Iterator[str]:
    """Dotted names of ours that a source imports or reaches through ``at.``."""
    tree = ast.parse(source)
    aliases = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "attractors"
    }
    yield from (target for _, target in imports(tree) if target.startswith("attractors."))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in aliases | {"at"}:
            yield f"attractors.{node.attr}"


PAGES = sorted(
    path
    for folder in ("models", "notebooks", "docs")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".ipynb", ".md") and "_build" not in path.parts
)


@pytest.mark.parametrize(
    "path", [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name
)
def test_models_notebooks_and_docs_use_public_names(path: Path) -> None:
    private = {name for block in blocks(path) for name in names_used(block) if hidden(name)}
    assert not private, f"{path.relative_to(ROOT)} uses {sorted(private)}"


def test_models_import_none_of_the_confined_libraries() -> None:
    found = {
        f"{path.name}:{line} {target}"
        for path in sorted((ROOT / "models").rglob("*.py"))
        for line, target in imports(ast.parse(path.read_text(encoding="utf-8")))
        if target.split(".")[0] in CONFINED
    }
    assert not found, sorted(found)


@pytest.mark.parametrize("name", ["attractors._x", "attractors.circuit._key", "attractors.nowhere"])
def test_a_hidden_name_is_found(name: str) -> None:
    assert hidden(name)
