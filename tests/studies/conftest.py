"""What tests of studies share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from attractors.cli import app


class Done(NamedTuple):
    """How a command ended and what it printed."""

    code: object
    out: str
    err: str


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the command in this process."""

    def run(*arguments: object) -> Done:
        with pytest.raises(SystemExit) as leaving:
            app([str(argument) for argument in arguments], prog_name="attractors")
        return Done(leaving.value.code, *capsys.readouterr())

    return run
