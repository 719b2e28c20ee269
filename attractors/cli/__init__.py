"""The command line: ``attractors demo | models | run | study | info``."""

from attractors.cli.app import app

__all__ = ["app"]
