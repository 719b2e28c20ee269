"""The capacity study gives a table, a critical load with its interval, and its price."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import attractors as at
from attractors.errors import UnknownNameError
from attractors.seeding import stream

COST = [
    "synapses",
    "synapses_used",
    "bytes",
    "patterns_per_unit",
    "patterns_per_synapse",
    "patterns_per_byte",
    "events_per_recall",
    "dense_events_per_recall",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("study")


@pytest.fixture(scope="module")
def study(folder: Path) -> at.studies.Study:
    return at.studies.capacity("willshaw", 300, 0.04, trials=4, cues=20, seed=2, out=folder)


def test_the_table_has_one_row_a_trial_in_order(study: at.studies.Study) -> None:
    table = study.table
    assert not table.duplicated(["patterns", "trial"]).any()
    assert table.equals(table.sort_values(["patterns", "trial"], ignore_index=True))
    assert (table["load"] == table["patterns"] / 300).all()
    assert (table["recalled"] <= table["cues"]).all()
    assert {*COST, "score", "steps", "settled", "two_cycles", "ties", "seconds"} <= {*table.columns}


def test_the_critical_load_parts_recall_from_failure(study: at.studies.Study) -> None:
    low, high = study.interval
    assert low < study.critical_load < high
    curve = study.curve.set_index("load")["success"]
    assert curve[curve.index < 0.8 * study.critical_load].min() > 0.5
    assert curve[curve.index > 1.25 * study.critical_load].max() < 0.5
    assert study.theory is not None
    assert 0.5 < study.critical_load / study.theory < 1.5


def test_cost_is_counted_from_the_synapses_of_the_memory(study: at.studies.Study) -> None:
    row = study.table.iloc[0]
    setting = at.AttractorNetwork("memory", 300, at.KWinners(12), at.Willshaw())
    circuit = at.Circuit(at.Architecture((setting,)))
    task = at.studies.Task({"patterns": int(row["patterns"])}, int(row["trial"]))
    generator = stream(2, "capacity", *task.stream_key, "patterns")
    circuit.store(memory=at.patterns.random_sparse(int(row["patterns"]), 300, 12, generator))
    synapses = circuit.links[0].synapses
    assert row["synapses"] == 300 * 299
    assert (row["synapses_used"], row["bytes"]) == (synapses.count, synapses.nbytes)
    assert row["patterns_per_synapse"] == row["patterns"] / (300 * 299)
    assert 0 < row["events_per_recall"] < row["dense_events_per_recall"]


def test_every_trial_accounts_for_bits_bytes_and_energy(study: at.studies.Study) -> None:
    table = study.table
    whole = table["patterns"] * 300 * at.theory.entropy(12 / 300)
    assert (table["bits"] <= whole * (1 + 1e-12)).all()
    perfect = table["score"] > 1 - 1e-6
    assert perfect.any()
    assert table["bits"][perfect].to_numpy() == pytest.approx(whole[perfect].to_numpy())
    assert (table["bits_gained"] == 0).all(), "the cue is the pattern itself"
    assert (table["bytes_read"] > 0).all()
    assert (table["joules_per_recall"] > table["joules_in_cortex"]).all()
    cost = study.header["result"]["cost"]
    assert 0 < cost["bits_per_synapse"] < cost["bits_per_used_synapse"] < np.log2(300)


def test_a_folder_holds_ledger_table_and_header(study: at.studies.Study, folder: Path) -> None:
    written = {path.name for path in folder.iterdir()} - {"table.parquet"}
    assert written == {"ledger.jsonl", "table.csv", "table.nc", "header.json"}
    pd.testing.assert_frame_equal(pd.read_csv(folder / "table.csv"), study.table)
    header = json.loads((folder / "header.json").read_text())
    assert header == json.loads(json.dumps(study.header))
    assert header["definition"]["seed"] == 2
    assert header["provenance"]["numpy"] == np.__version__
    assert header["result"]["critical_load"] == study.critical_load


def test_json_and_text_say_what_was_found(study: at.studies.Study) -> None:
    said = json.loads(study.to_json())
    assert said["result"]["interval"] == list(study.interval)
    assert len(said["curve"]) == len(study.curve)
    text = str(study)
    for word in ("95 % interval", "Theory", "Per synapse", "Per byte", "Per recall", "largest"):
        assert word in text
    assert f"{study.critical_load:.4g}" in text


def test_another_seed_gives_other_numbers_and_the_same_one_the_same() -> None:
    def scores(seed: int) -> list[float]:
        found = at.studies.capacity("hebbian", 80, patterns=[12], trials=3, cues=5, seed=seed)
        return list(found.table["score"])

    assert scores(1) == scores(1)
    assert scores(1) != scores(2)


def test_a_trial_does_not_depend_on_the_trials_beside_it() -> None:
    options = {"trials": 2, "cues": 5, "seed": 1}
    alone = at.studies.capacity("hebbian", 80, patterns=[12], **options).table
    among = at.studies.capacity("hebbian", 80, patterns=[6, 12, 18], **options).table
    among = among[among["patterns"] == 12].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.drop(columns="seconds"), among.drop(columns="seconds"))


def test_a_cue_that_is_never_recalled_has_no_critical_load() -> None:
    study = at.studies.capacity("hebbian", 60, flipped=0.6, trials=2, cues=5)
    assert np.isnan(study.critical_load)
    assert "below one half from 1" in str(study)
    assert json.loads(study.to_json())["result"]["critical_load"] is None


def test_damage_lowers_the_critical_load_and_a_held_cue_raises_it_again() -> None:
    def load(**damage: float) -> float:
        options = {"trials": 3, "cues": 20, "measure": "exact"}
        return at.studies.capacity("willshaw", 200, 0.05, **options, **damage).critical_load

    clean, erased, held = load(), load(erased=0.5), load(erased=0.5, held=1.0)
    assert erased < held < clean * 1.5
    assert erased < 0.9 * clean


def test_a_fixed_threshold_is_a_knife_edge() -> None:
    def load(threshold: float) -> float:
        options = {"measure": "overlap", "trials": 2, "cues": 20}
        return at.studies.capacity(
            "covariance", 400, 0.05, threshold=threshold, **options
        ).critical_load

    # θ = 0.5 and 0.7 at a = 0.05: theory has 0.88 and 0.30
    assert load(0.5) > 2 * load(0.7)


def test_memories_recall_the_same_in_spikes() -> None:
    # one threshold of success and one cue each, so that the same recalls must succeed
    options = {"patterns": [10, 60], "trials": 2, "cues": 5, "steps": 6, "erased": 0.3}
    rate, spiking = (
        at.studies.capacity("willshaw", 100, 0.06, engine=engine, **options).table
        for engine in ("rate", "spiking")
    )
    assert rate["recalled"].tolist() == spiking["recalled"].tolist()
    assert 0 < rate["recalled"].sum() < rate["cues"].sum()


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="engine of capacity.*'analogue'"):
        at.studies.capacity("willshaw", 100, 0.06, engine="analogue")
