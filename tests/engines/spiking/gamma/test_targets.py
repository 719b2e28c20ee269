"""The gamma cycle draws nothing within Brian2: every target gives the same spikes."""

from __future__ import annotations

import pytest

import attractors as at
from attractors.engines.spiking.targets.compilers import missing
from attractors.errors import UnsupportedError


def trials(disjoint):
    noise = [at.Noise("word", 0.3)]
    cues = [at.Cue("cue", pattern, stop=50.0) for pattern in disjoint(4, 60, 6)]
    lesioned = at.Trial(80.0, [cues[0]], noise=noise, lesions=["context-|word"])
    return [*(at.Trial(80.0, [cue], noise=noise) for cue in cues), lesioned]


def run(circuit, batch, **options):
    engine = at.SpikingEngine(**options)
    return at.simulate(circuit, batch, engine, record=["state", "spikes"], seed=3)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["cython", "cpp_standalone"])
def test_targets_give_the_same_states_on_one_build_for_several_chunks(words, disjoint, target):
    if missing(target):
        pytest.skip(missing(target))
    batch = trials(disjoint)
    synapses = sum(link.synapses.count for link in words.links)
    # three chunks, the last one not full: inputs and lesions are replaced between runs
    options = {"synapses_at_once": 2 * synapses}
    expected = run(words, batch, target="numpy", **options)
    found = run(words, batch, target=target, **options)
    for name in ("cue", "word", "context"):
        state = expected.get("state", name).values
        assert (state == found.get("state", name).values).all()
    assert expected.get("state", "word").values.any()


def test_graded_units_are_refused_by_name_where_nothing_can_call_python():
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("graded", 20, at.Rate())]))
    with pytest.raises(UnsupportedError, match=r"'cpp_standalone'.*\n?.*'graded' has Rate units"):
        run(circuit, [at.Trial(50.0)], target="cpp_standalone")


def test_the_recording_names_the_target_and_small_circuits_stay_on_numpy(words, disjoint):
    recording = run(words, trials(disjoint)[:1])
    assert recording.dataset.attrs["target"] == "numpy"
