"""Notebooks are committed without outputs and must run from top to bottom."""

from pathlib import Path

import nbclient
import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def printed(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.get("text", "") for output in outputs if output.output_type == "stream")


def test_notebooks_are_committed_without_outputs(notebook):
    assert not any(cell.get("outputs") for cell in notebook.cells)


def test_three_networks_notebook_runs_and_shows_what_its_text_says():
    notebook = nbformat.read(NOTEBOOKS[[p.stem for p in NOTEBOOKS].index("three_networks")], 4)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    for engine in ("rate", "spiking"):
        assert f"{engine}: under context 0 and 1 the winning words are [4 1]" in printed(notebook)
