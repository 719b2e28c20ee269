"""The study that the page shows runs, and prints what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


def test_the_study_of_the_page_prints_what_it_shows(
    checkout: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = (checkout / "docs" / "studies.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(source, "studies.md", "exec"), {"__name__": "page"})
    assert capsys.readouterr().out == shown
    assert (tmp_path / "own" / "ledger.jsonl").exists()
