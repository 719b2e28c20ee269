"""``python -m attractors.testing``: conformance of two engines, printed and, if asked, saved."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from attractors.testing.architectures import random_architecture
from attractors.testing.conformance import ConformanceReport, Progress, conformance
from attractors.testing.preset_conformance import preset_conformance
from attractors.testing.presets import PRESETS
from attractors.testing.wide import WideReport, wide_conformance


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison; return 0 if it meets the requirement, else 1."""
    parser = argparse.ArgumentParser(prog="python -m attractors.testing", description=__doc__)
    parser.add_argument("--reference", default="rate", help="engine to compare with")
    parser.add_argument("--engine", default="spiking", help="engine under test")
    parser.add_argument("--wide", action="store_true", help="all kinds of circuits, told apart")
    parser.add_argument(
        "--neurons", choices=list(PRESETS), help="units that run freely, in place of --engine"
    )
    parser.add_argument("--architectures", type=int, help="20, 100 of all kinds, or 150 of presets")
    parser.add_argument("--first", type=int, default=0, help="number of the first architecture")
    parser.add_argument("--seeds", type=int, default=3, help="how many; one for wide and presets")
    parser.add_argument("--trials", type=int, default=10, help="trials a circuit")
    parser.add_argument("--csv", help="file for the table, one row a trial and network")
    chosen = parser.parse_args(arguments)
    start = time.monotonic()

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{done} of {total} circuits", end=end, file=sys.stderr, flush=True)

    run = _presets if chosen.neurons else _wide if chosen.wide else _plain
    report = run(chosen, progress)
    if chosen.csv:
        report.table.to_csv(chosen.csv, index=False)
    print(report)
    print(f"{time.monotonic() - start:.0f} s")
    return 0 if report.meets() else 1


def _plain(chosen: argparse.Namespace, progress: Progress) -> ConformanceReport:
    count = 20 if chosen.architectures is None else chosen.architectures
    return conformance(
        chosen.reference,
        chosen.engine,
        architectures=[random_architecture(chosen.first + index) for index in range(count)],
        seeds=chosen.seeds,
        trials=chosen.trials,
        progress=progress,
    )


def _wide(chosen: argparse.Namespace, progress: Progress) -> WideReport:
    return wide_conformance(
        chosen.reference,
        chosen.engine,
        architectures=100 if chosen.architectures is None else chosen.architectures,
        first=chosen.first,
        trials=chosen.trials,
        progress=progress,
    )


def _presets(chosen: argparse.Namespace, progress: Progress) -> WideReport:
    return preset_conformance(
        chosen.neurons,
        chosen.reference,
        architectures=150 if chosen.architectures is None else chosen.architectures,
        first=chosen.first,
        trials=chosen.trials,
        progress=progress,
    )


if __name__ == "__main__":
    sys.exit(main())
