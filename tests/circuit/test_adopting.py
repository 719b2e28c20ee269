"""A circuit takes over the weights that a recording holds, without a run."""

from __future__ import annotations

import numpy as np
import pytest
import xarray

import attractors as at
from attractors.circuit import scale_of
from attractors.errors import ArchitectureError, ParameterError, PatternError, UnsupportedError
from attractors.recording import Recording, labelled

UNITS = {"a": 12, "b": 8}
ROWS = {name: np.kron(np.eye(n // 4, dtype=int), np.ones(4, int)) for name, n in UNITS.items()}


def circuit(nested=False, **options):
    nodes = [at.AttractorNetwork(n, u, at.KWinners(4), at.Willshaw()) for n, u in UNITS.items()]
    level = at.Architecture(nodes, [at.Association("a", "b", gain=0.5, synapses="packed")])
    made = at.Circuit(at.Architecture(parts={"in": level}) if nested else level, **options)
    prefix = "in/" if nested else ""
    for name, rows in ROWS.items():
        made.store({f"{prefix}{name}": rows})
    return made


def recording(networks=("a", "b"), **weights):
    arrays = {}
    for name, values in weights.items():
        edge = {"edge": "a->b", "nested": "in/a->in/b", "memory": "a"}[name]
        array = labelled("weights", edge, values, ("trial", f"post{name}", f"pre{name}"), "1")
        array.attrs["edge"] = edge
        arrays[str(array.name)] = array
    return Recording(xarray.Dataset(arrays, coords={"network": ("network", list(networks))}))


def learned(trials=2, shape=(8, 12)):
    """Weights that lead from the first pattern of a to the second of b, in the last trial."""
    weights = np.zeros((trials, *shape), np.float32)
    weights[-1, 4:8, 0:4] = 0.75
    return weights


def recalled(made, name="b"):
    cues = [at.Trial(100.0, [at.Cue(name.replace("b", "a"), row)]) for row in ROWS["a"]]
    return at.simulate(made, cues).winner(name).tolist()


@pytest.mark.parametrize("keep", ["weights", "counts"])
def test_the_new_circuit_recalls_by_them_and_the_old_one_is_unchanged(keep):
    before = circuit(keep=keep)
    assert recalled(before) == [-1, -1, -1]
    after = before.adopt(recording(edge=learned()), trial=1)
    assert recalled(after) == [1, -1, -1]
    assert recalled(before) == [-1, -1, -1]
    assert recalled(before.adopt(recording(edge=learned()))) == [-1, -1, -1]


def test_raw_weights_keep_their_meaning():
    after = circuit().adopt(recording(edge=learned()), trial=1)
    link = next(link for link in after.links if link.name == "a->b")
    assert np.array_equal(link.synapses.toarray(), learned()[1])
    # a raw weight of 1 is a synapse of Willshaw, 1/k of a field of 1, times the gain
    assert link.factor == pytest.approx(0.5 / 4)
    again = after.adopt(recording(edge=2 * learned()), trial=1)
    assert scale_of(again, "a->b") == pytest.approx(1 / 4)


def test_stored_patterns_and_other_synapses_are_kept():
    before = circuit()
    after = before.adopt(recording(edge=learned()))
    for name, rows in ROWS.items():
        assert np.array_equal(after.patterns(name), rows)
        one, two = (made.contents.memories[name].toarray() for made in (before, after))
        assert np.array_equal(one, two)
    after.store(a=np.eye(3, 12, dtype=int)[:1] + np.eye(12, dtype=int)[5:6])
    assert len(before.patterns("a")) == 3


def test_recurrences_and_nested_edges_are_adopted_too():
    memory = np.zeros((1, 12, 12))
    memory[0, :4, 8:] = 1.0
    after = circuit(dale=True).adopt(recording(memory=memory))
    assert np.array_equal(after.contents.memories["a"].toarray(), memory[0])
    nested = circuit(nested=True)
    found = nested.adopt(recording(("in/a", "in/b"), nested=learned()), trial=1)
    assert recalled(found, "in/b") == [1, -1, -1]


def test_what_was_stored_before_weights_were_adopted_stays(tmp_path):
    """They were made in a run with it: without it they would be others."""
    after = circuit(keep="counts").adopt(recording(edge=learned()), trial=1)
    at.save(after, tmp_path / "circuit.npz")
    for made in (after, at.load(tmp_path / "circuit.npz")):
        before = made.contents.memories["a"].toarray()
        with pytest.raises(UnsupportedError, match=r"row 0 of 'a' .*before .*adopted.*; unlearn "):
            made.unlearn(a=ROWS["a"])
        assert np.array_equal(made.contents.memories["a"].toarray(), before)
        assert len(made.patterns("a")) == 3


def test_what_is_stored_after_weights_were_adopted_can_be_unlearned(tmp_path):
    after = circuit(keep="counts").adopt(recording(edge=learned()), trial=1)
    untouched = after.adopt(recording(edge=learned()), trial=1)
    fresh = np.array([[1, 0, 0, 0] * 3])
    # the first row again, and one of its own
    after.store(a=np.concatenate([ROWS["a"][:1], fresh]))
    at.save(after, tmp_path / "circuit.npz")
    for made in (after, at.load(tmp_path / "circuit.npz")):
        made.unlearn(a=np.concatenate([fresh, ROWS["a"][:1]]))
        assert np.array_equal(made.patterns("a"), ROWS["a"])
        for name, held in made.contents.synapses.items():
            assert np.array_equal(held.toarray(), untouched.contents.synapses[name].toarray())
        with pytest.raises(UnsupportedError, match="row 0"):
            made.unlearn(a=ROWS["a"][:1])
        with pytest.raises(PatternError, match="stored 0 times"):
            made.unlearn(a=fresh)


def test_an_adopted_circuit_can_be_saved(tmp_path):
    after = circuit().adopt(recording(edge=learned()), trial=1)
    at.save(after, tmp_path / "circuit.npz")
    back = at.load(tmp_path / "circuit.npz")
    assert back.architecture == after.architecture
    assert recalled(back) == [1, -1, -1]


@pytest.mark.parametrize(
    ("found", "error", "message"),
    [
        (recording(), UnsupportedError, "no learned weights"),
        (recording(("a", "c"), edge=learned()), ArchitectureError, "another architecture"),
        (recording(edge=learned(shape=(8, 13))), ArchitectureError, "another architecture"),
        (recording(nested=learned()), ArchitectureError, "another architecture"),
    ],
)
def test_recordings_of_something_else_are_refused(found, error, message):
    with pytest.raises(error, match=message):
        circuit().adopt(found)


@pytest.mark.parametrize("trial", [2, -1])
def test_trials_that_do_not_exist_are_refused(trial):
    with pytest.raises(ParameterError, match=f"trial is {trial}; the recording has trials 0 to 1"):
        circuit().adopt(recording(edge=learned()), trial=trial)
