import numpy as np
import psutil
import pytest

import attractors as at
from attractors import recorder
from attractors.errors import (
    AttractorsError,
    MemoryLimitError,
    ParameterError,
    UnknownNameError,
    UnsupportedError,
)
from attractors.patterns import random_sparse
from attractors.seeding import stream

ODD = '{"schema": 1, "architecture": {"type": [1]}}'
PATTERNS = random_sparse(4, 60, 5, stream(0, "p"))


@pytest.fixture
def circuit():
    cortex = at.Architecture([at.AttractorNetwork("word", 60, at.KWinners(5), at.Willshaw())])
    made = at.Circuit(at.Architecture(parts={"cortex": cortex}))
    made.store({"cortex/word": PATTERNS})
    return made


@pytest.fixture
def trials():
    return at.Trial.batch(200.0, {"cortex/word": PATTERNS}, stop=50.0)


def test_unknown_engine_suggests_the_near_miss(circuit, trials):
    with pytest.raises(UnknownNameError, match="no engine 'spikes'; did you mean 'spiking'"):
        at.simulate(circuit, trials, "spikes")


def test_an_architecture_in_place_of_a_circuit_is_refused(circuit, trials):
    with pytest.raises(ParameterError, match=r"write Circuit\(architecture\) first"):
        at.simulate(circuit.architecture, trials)


def test_recording_has_labelled_dimensions_and_units(circuit, trials):
    recording = at.simulate(circuit, trials, record=recorder.QUANTITIES[:5])
    sizes = {"trial": 4, "time": 20, "pattern_cortex.word": 4}
    assert recording.get("overlap", "cortex/word").sizes == sizes
    assert recording.get("state", "cortex/word").sizes["unit_cortex.word"] == 60
    assert recording.dataset.time.values[[0, -1]].tolist() == [10.0, 200.0]
    assert all("units" in array.attrs for array in recording.dataset.data_vars.values())


def test_cued_memories_win_and_persist(circuit, trials):
    recording = at.simulate(circuit, trials)
    assert recording.winner("cortex/word").tolist() == [0, 1, 2, 3]
    assert (recording.margin("cortex/word") > 0.5).all()
    assert (recording.dataset.period.values == 1).all()


def test_energy_never_rises_while_one_unit_updates_at_a_time():
    patterns = np.where(stream(0, "e").random((8, 100)) < 0.5, 1, -1)
    net = at.AttractorNetwork("net", 100, at.Sign(order="asynchronous"), at.Hebbian())
    circuit = at.Circuit(at.Architecture([net]))
    circuit.store(net=patterns)
    cues = np.where(stream(0, "c").random((5, 100)) < 0.5, 1, -1)
    trials = at.Trial.batch(100.0, {"net": cues}, stop=10.0, mode="clamped")
    energy = at.simulate(circuit, trials, record="energy").get("energy", "net").values
    assert (np.diff(energy, axis=1) <= 1e-5).all()
    assert (energy[:, -1] < energy[:, 0]).all()


def test_energy_where_there_is_none_is_refused():
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 10, at.KWinners(2))]))
    with pytest.raises(UnsupportedError, match="no network has one"):
        at.simulate(circuit, at.Trial(50.0), record="energy")


def test_misspelt_quantity_suggests_the_near_miss(circuit, trials):
    with pytest.raises(UnknownNameError, match="did you mean 'overlap'"):
        at.simulate(circuit, trials, record=["overlaps"])


def test_quantity_that_was_not_recorded_is_named_with_the_cure(circuit, trials):
    recording = at.simulate(circuit, trials, record="activity")
    with pytest.raises(UnsupportedError, match=r"run with record=\('state', ...\)"):
        recording.get("state", "cortex/word")
    with pytest.raises(UnknownNameError, match="did you mean 'cortex/word'"):
        recording.get("activity", "cortex/wrd")


def test_the_rate_engine_has_no_spikes(circuit, trials):
    with pytest.raises(UnsupportedError, match="engine='spiking'"):
        at.simulate(circuit, trials, record="spikes")


def test_recording_beyond_memory_is_refused_with_the_bytes(circuit, trials, monkeypatch):
    free = type("Memory", (), {"available": 1000})
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    size = 4 * 20 * 60 * 4
    with pytest.raises(MemoryLimitError, match=f"{size:,} bytes, 1,000 are free"):
        at.simulate(circuit, trials, record="state")


def test_same_seed_same_recording_and_the_circuit_is_not_changed(circuit, trials):
    before = str(circuit)
    first, second = at.simulate(circuit, trials), at.simulate(circuit, trials)
    assert first.identical(second)
    assert str(circuit) == before


def test_one_trial_needs_no_list(circuit, trials):
    recording = at.simulate(circuit, trials[1])
    assert recording.winner("cortex/word").tolist() == [1]


def test_operations_are_counted(circuit):
    trial = at.Trial(20.0, cues=[at.Cue("cortex/word", PATTERNS[0], stop=10.0, mode="clamped")])
    recording = at.simulate(circuit, trial)
    fan_out = circuit.links[0].synapses.fan_out
    assert recording.dataset.synaptic_events.values == fan_out[PATTERNS[0] == 1].sum()
    assert recording.dataset.dense_events.values == 2 * 60 * 60


def test_spikes_that_were_not_recorded_are_refused_with_the_cure(circuit, trials):
    with pytest.raises(UnsupportedError, match=r"record=\('spikes', ...\)"):
        at.simulate(circuit, trials).spikes("cortex/word")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda c, t: at.simulate(c, t, 3), r"engine is 3; give 'rate' or 'spiking'"),
        (lambda c, t: at.simulate(c, None), r"trials is None"),
        (lambda c, t: at.Circuit("word"), r"str is no Architecture"),
        (lambda c, t: at.Architecture(c.architecture.nodes["cortex/word"]), r"give a list"),
        (lambda c, t: at.Fixed("a"), r"matrix of numbers"),
        (lambda c, t: at.Memory(3, at.KWinners(1)).store([[1, 0, 0], [1, 0]]), r"network 'memory'"),
        (
            lambda c, t: at.Architecture.from_json('{"schema": 1, "architecture": {"type": [1]}}'),
            "no type",
        ),
    ],
)
def test_arguments_of_the_wrong_kind_get_one_clear_error(circuit, trials, call, message):
    with pytest.raises(AttractorsError, match=message) as caught:
        call(circuit, trials)
    assert len(str(caught.value).splitlines()) == 1


def test_architectures_can_be_kept_in_sets(circuit):
    assert len({circuit.architecture, at.Circuit(circuit.architecture).architecture}) == 1
