"""A cluster of Dask gives the numbers of one process, also while its workers are killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import attractors as at

pytestmark = pytest.mark.slow
distributed = pytest.importorskip(
    "distributed", reason="Dask is not installed; pip install 'attractor-networks[cluster]'"
)
STUDY = {"rule": "willshaw", "units": 300, "activity": 0.04, "cues": 20, "seed": 4}
LOADS = (100, 250, 400)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with at.studies.local_cluster(2) as address:
        yield address


def numbers(study: at.studies.Study) -> str:
    return str(study.table.drop(columns="seconds").to_csv(index=False))


def test_a_search_on_a_cluster_has_the_numbers_of_one_process(cluster: str) -> None:
    remote = at.studies.capacity(**STUDY, trials=3, cluster=cluster)
    here = at.studies.capacity(**STUDY, trials=3)
    assert numbers(remote) == numbers(here)
    assert remote.critical == here.critical


def test_workers_keep_memory_that_they_will_need_again(cluster: str) -> None:
    with distributed.Client(cluster, set_as_default=False) as client:
        found = client.run(lambda: dict(os.environ))
    assert len(found) == 2
    for environment in found.values():
        assert "MALLOC_TRIM_THRESHOLD_" not in environment
        assert environment["OMP_NUM_THREADS"] == "1"


def test_killed_workers_of_a_cluster_cost_no_trial(cluster: str, tmp_path: Path) -> None:
    options = {**STUDY, "patterns": LOADS, "trials": 100}
    ledger, found = tmp_path / "ledger.jsonl", []

    def study() -> None:
        found.append(at.studies.capacity(**options, cluster=cluster, out=tmp_path))

    with distributed.Client(cluster, set_as_default=False) as client:
        victims = list(client.run(os.getpid).values())
    thread = threading.Thread(target=study)
    thread.start()
    for victim in victims:
        before = lines(ledger)
        while lines(ledger) == before and thread.is_alive():
            time.sleep(0.002)
        os.kill(victim, signal.SIGKILL)
    killed_at = lines(ledger)
    thread.join(300)
    assert killed_at < 300, "the study was over: the test tests nothing"
    assert lines(ledger) == 300, "each trial is written once"
    assert numbers(found[0]) == numbers(at.studies.capacity(**options))


def lines(ledger: Path) -> int:
    return ledger.read_bytes().count(b"\n") if ledger.exists() else 0
