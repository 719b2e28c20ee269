"""``python -m attractors.bench NAME``: measure one case and print its rows, JSON, one a line."""

from __future__ import annotations

import json
import sys

from attractors.bench.cases import CASES


def main(arguments: list[str]) -> None:
    """Measure the case of the first argument."""
    name, *options = arguments
    for row in CASES[name].rows(quick="--quick" in options):
        print(json.dumps(row.as_dict()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
