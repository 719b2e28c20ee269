"""What these pages of the documentation show is run, and must print what they say."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "page", ["start.md", "accounting.md", "dense-memories.md", "spike_trains.md", "plasticity.md"]
)
def test_examples_of_a_page_run_and_print_what_it_shows(
    page: str, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (checkout / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```(python|text)\n(.*?)```", text, flags=re.DOTALL)
    shared: dict[str, object] = {}
    for kind, block in blocks:
        if kind == "python":
            exec(compile(block, page, "exec"), shared)
        else:
            assert capsys.readouterr().out.endswith(block)
    assert {kind for kind, _ in blocks} == {"python", "text"}


@pytest.mark.parametrize("page", ["dynamics.md", "synapses.md"])
def test_sessions_of_a_page_print_what_it_shows(page: str, checkout: Path) -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    path = str(checkout / "docs" / page)
    found = doctest.testfile(path, module_relative=False, optionflags=flags)
    assert found.failed == 0
    assert found.attempted > 0
