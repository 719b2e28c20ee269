import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.errors import ParameterError, PatternError, TrialError, UnknownNameError
from attractors.schedule import Schedule

WORD = at.Architecture([at.AttractorNetwork("word", 4, at.KWinners(2), at.Willshaw())])
PATTERN = [1, 1, 0, 0]


def schedule(*trials, seed=0, first=0):
    return Schedule(trials, WORD, 10.0, seed, first)


@pytest.mark.parametrize("duration", [0, -10.0, float("nan"), float("inf"), "long"])
def test_trial_without_length_is_refused(duration):
    with pytest.raises(TrialError, match="duration is .* above 0"):
        at.Trial(duration)


@pytest.mark.parametrize("times", [(0.0, 210.0), (200.0, None), (250.0, 300.0)])
def test_cue_outside_the_trial_is_refused(times):
    with pytest.raises(TrialError, match="must lie within the trial's 200 ms"):
        at.Trial(200.0, cues=[at.Cue("word", PATTERN, *times)])


def test_times_out_of_order_are_refused():
    with pytest.raises(TrialError, match="stop 10 ms is not after start 20 ms"):
        at.Cue("word", PATTERN, 20.0, 10.0)
    with pytest.raises(ParameterError, match="start is -1"):
        at.Silence("word", -1.0)


def test_cue_values_must_be_finite():
    with pytest.raises(PatternError, match="must be finite"):
        at.Cue("word", [1, np.nan, 0, 0])


def test_clamped_cue_has_no_strength():
    with pytest.raises(TrialError, match="no meaning when clamped"):
        at.Cue("word", PATTERN, strength=2.0, mode="clamped")


def test_misspelt_mode_suggests_the_near_miss():
    with pytest.raises(UnknownNameError, match="did you mean 'clamped'"):
        at.Cue("word", PATTERN, mode="clampd")


def test_cue_on_a_network_that_does_not_exist_suggests_the_near_miss():
    with pytest.raises(UnknownNameError, match=r"no network .*'wrd'; did you mean 'word'"):
        schedule(at.Trial(100.0, cues=[at.Cue("wrd", PATTERN)]))


def test_lesion_of_an_edge_that_does_not_exist_is_refused():
    with pytest.raises(UnknownNameError, match="no edge to lesion 'a->b'"):
        schedule(at.Trial(100.0, lesions=["a->b"]))


def test_cue_of_the_wrong_width_is_refused():
    with pytest.raises(PatternError, match=r"shape \(3,\); it must be \(4,\)"):
        schedule(at.Trial(100.0, cues=[at.Cue("word", [1, 1, 0])]))


def test_times_that_are_no_multiple_of_the_step_are_refused():
    with pytest.raises(TrialError, match="105 ms; it must be a multiple of 10 ms"):
        schedule(at.Trial(105.0))
    with pytest.raises(TrialError, match="stop is 15 ms"):
        schedule(at.Trial(100.0, cues=[at.Cue("word", PATTERN, stop=15.0)]))


def test_silenced_units_must_exist():
    with pytest.raises(TrialError, match="unit 4 does not exist; use 0 to 3"):
        schedule(at.Trial(100.0, silences=[at.Silence("word", units=[4])]))


def test_trials_of_unequal_length_are_refused():
    with pytest.raises(TrialError, match=r"last \[50.0, 100.0\] ms"):
        schedule(at.Trial(100.0), at.Trial(50.0))


def test_no_trials_are_refused():
    with pytest.raises(TrialError, match="there is no trial"):
        schedule()


def test_cues_add_up_while_they_last():
    plan = schedule(
        at.Trial(
            100.0,
            cues=[
                at.Cue("word", PATTERN, stop=50.0, strength=0.5),
                at.Cue("word", [0, 1, 1, 0], 20.0, 30.0),
            ],
        )
    )
    assert plan.added("word", 1).tolist() == [[0.5, 0.5, 0, 0]]
    assert plan.added("word", 2).tolist() == [[0.5, 1.5, 1, 0]]
    assert plan.added("word", 3).tolist() == [[0.5, 0.5, 0, 0]]
    assert plan.added("word", 5) is None


def test_cue_as_an_array_over_time_gives_a_row_a_step():
    rows = np.arange(12.0).reshape(3, 4)
    plan = schedule(at.Trial(100.0, cues=[at.Cue("word", rows, 20.0, 50.0)]))
    assert plan.added("word", 1) is None
    assert np.array_equal([plan.added("word", s)[0] for s in (2, 3, 4)], rows)
    with pytest.raises(PatternError, match=r"one row a step, \(2, 4\)"):
        schedule(at.Trial(100.0, cues=[at.Cue("word", rows, 20.0, 40.0)]))


def test_encoder_turns_raw_input_into_the_cue():
    class Doubling:
        def transform(self, inputs):
            return np.repeat(inputs, 2, axis=1)

    assert at.Cue("word", [1, 0], encoder=Doubling()).pattern.tolist() == [1, 1, 0, 0]
    (trial,) = at.Trial.batch(50.0, {"word": [[0, 1]]}, encoders={"word": Doubling()})
    assert trial.cues[0].pattern.tolist() == [0, 0, 1, 1]


def test_batch_needs_as_many_rows_for_each_network():
    with pytest.raises(TrialError, match=r"\{'a': 1, 'b': 2\} rows"):
        at.Trial.batch(50.0, {"a": [[1]], "b": [[1], [0]]})


def test_noise_depends_on_seed_and_trial_alone():
    trial = at.Trial(100.0, noise=[at.Noise("word", 1.0)])
    alone, other = schedule(trial), schedule(trial, seed=1)
    batch, part = schedule(trial, trial), schedule(trial, first=1)
    assert not np.array_equal(alone.added("word", 3), other.added("word", 3))
    assert np.array_equal(alone.added("word", 3)[0], batch.added("word", 3)[0])
    assert np.array_equal(part.added("word", 3)[0], batch.added("word", 3)[1])
    assert not np.array_equal(batch.added("word", 3)[0], batch.added("word", 3)[1])


def test_noise_has_the_stated_amplitude():
    plan = schedule(*[at.Trial(1000.0, noise=[at.Noise("word", 0.3)])] * 10)
    draws = np.concatenate([plan.added("word", step) for step in range(100)]).ravel()
    # the standard deviation of n normal draws has a standard error of sd / sqrt(2 n)
    assert abs(draws.std() - 0.3) < 4 * 0.3 / np.sqrt(2 * draws.size), draws.std()


def test_quiet_begins_when_no_input_changes_any_more():
    assert schedule(at.Trial(100.0)).quiet_from == 0
    assert schedule(at.Trial(100.0, cues=[at.Cue("word", PATTERN, stop=40.0)])).quiet_from == 4
    assert schedule(at.Trial(100.0, cues=[at.Cue("word", PATTERN, 20.0)])).quiet_from == 2
    assert schedule(at.Trial(100.0, noise=[at.Noise("word", 1.0)])).quiet_from == 10


def test_actions_may_come_from_an_iterator():
    trial = at.Trial(
        50.0,
        cues=(at.Cue("word", PATTERN) for _ in range(2)),
        silences=[at.Silence("word", units=iter([0, 1]))],
    )
    assert len(trial.cues) == 2
    assert trial.silences[0].units == (0, 1)


def test_silenced_units_may_be_an_array():
    silent = schedule(at.Trial(50.0, silences=[at.Silence("word", units=np.arange(2))]))
    assert silent.silenced("word", 0).tolist() == [[True, True, False, False]]


@pytest.mark.parametrize("units", [[1.5], 3])
def test_silenced_units_that_are_no_indices_are_refused(units):
    with pytest.raises((ParameterError, TrialError), match="Silence of 'word'"):
        at.Silence("word", units=units)


def test_one_cue_without_a_list_is_refused():
    with pytest.raises(TrialError, match="cues is .*; give a list"):
        at.Trial(50.0, cues=at.Cue("word", PATTERN))


@pytest.mark.parametrize("pattern", ["abc", [[1], [1, 0]]])
def test_cue_that_is_no_array_of_numbers_is_refused(pattern):
    with pytest.raises(PatternError, match="no array of numbers"):
        at.Cue("word", pattern)


def test_a_row_of_a_sparse_matrix_is_a_constant_cue():
    assert at.Cue("word", sparse.csr_array([PATTERN])).pattern.tolist() == PATTERN
    assert at.Cue("word", sparse.csr_matrix([PATTERN, PATTERN])).pattern.shape == (2, 4)


@pytest.mark.parametrize("seed", [-1, 1.5, True])
def test_seed_is_checked_though_nothing_draws_from_it(seed):
    with pytest.raises(ParameterError, match="seed is"):
        schedule(at.Trial(50.0), seed=seed)


def test_trial_of_less_than_a_step_is_refused():
    with pytest.raises(TrialError, match="at least one step"):
        schedule(at.Trial(1e-7))


def test_each_trial_is_quiet_from_its_own_last_input():
    trials = [at.Trial(100.0, cues=[at.Cue("word", PATTERN, stop=stop)]) for stop in (10.0, 70.0)]
    assert schedule(*trials).quiet_from.tolist() == [1, 7]


def test_two_clamps_of_one_network_at_once_are_refused():
    held = [at.Cue("word", PATTERN, 0.0, 30.0, mode="clamped") for _ in range(2)]
    with pytest.raises(TrialError, match="two clamped cues of one trial overlap"):
        schedule(at.Trial(100.0, cues=held))
    later = at.Cue("word", PATTERN, 30.0, 50.0, mode="clamped")
    assert schedule(at.Trial(100.0, cues=[held[0], later])).clamped("word", 3) is not None


def test_trials_can_be_compared_and_kept_in_sets():
    cue = at.Cue("word", PATTERN)
    assert cue != at.Cue("word", PATTERN)
    assert len({cue, cue}) == 1
    assert at.Trial(10.0, cues=(cue,)) == at.Trial(10.0, cues=(cue,))
