import numpy as np
import pytest
from scipy.linalg import hadamard

import attractors as at
from attractors.errors import ParameterError, PatternError
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream

NOTHING = (None, None)
# Düring, Coolen & Sherrington (1998): overlaps at loads 0.1 and 0.2, and the critical load
PUBLISHED, CRITICAL = {0.1: 0.9984047, 0.2: 0.9663261}, 0.2690616


def learned(rule, *lessons):
    held = rule.start((lessons[0].shape[1],) * 2, "edge")
    for patterns in lessons:
        held = rule.learn(held, patterns, patterns, NOTHING)
    return rule.matrix(held)


def test_each_row_leads_to_the_next():
    x = random_signs(6, 12, stream(0, "x")).astype(int)
    chain = sum(np.outer(x[p + 1], x[p]) for p in range(5))
    assert np.array_equal(learned(at.Sequence(), x), chain)
    assert np.array_equal(learned(at.Sequence(cyclic=True), x), chain + np.outer(x[0], x[5]))


def test_every_lesson_is_a_sequence_of_its_own():
    x, rule = random_signs(7, 20, stream(0, "x")), at.Sequence()
    apart = learned(rule, x[:4], x[4:])
    assert np.array_equal(apart, learned(rule, x[4:], x[:4]))
    assert np.array_equal(learned(rule, x) - apart, np.outer(x[4], x[3]))


@pytest.mark.parametrize("rows", [1])
def test_a_lesson_without_a_transition_is_refused(rows):
    memory = at.Memory(30, at.Sign(), at.Sequence())
    few = random_signs(2, 30, stream(0, "x"))[:rows]
    with pytest.raises(PatternError, match=f"Sequence: {rows} row"):
        memory.circuit.store(memory=few)


def test_refusals_of_the_wrapped_rule_hold():
    with pytest.raises(ParameterError, match="Covariance"):
        at.Sequence(at.Covariance()).check((None, None))
    with pytest.raises(ParameterError, match="cyclic is 'yes'"):
        at.Sequence(cyclic="yes")


DUAL = [at.KeyValue(at.Exponential()), at.HardLocations(2000, radius=26)]


@pytest.mark.parametrize("rule", [*DUAL, at.LinearAttention(), at.EnergyDifference(3)], ids=str)
def test_a_rule_without_weights_is_refused(rule):
    with pytest.raises(ParameterError, match=f"{type(rule).__name__} makes no weights.*associate"):
        at.Sequence(rule)


@pytest.mark.parametrize("target", ["a", "b"])
@pytest.mark.parametrize("rule", DUAL, ids=str)
def test_rules_without_weights_learn_transitions_as_keys_and_values(rule, target):
    x = random_signs(6, 64, stream(0, "x"))
    networks = [at.AttractorNetwork(name, 64, at.Sign()) for name in ("a", "b")]
    circuit = at.Circuit(at.Architecture(networks, [at.Association("a", target, rule)]))
    circuit.associate("a", target, x[:-1], x[1:])
    trials = at.Trial.batch(20.0, {"a": x[:5]}, stop=10.0, mode="clamped")
    states = at.simulate(circuit, trials, record=("state",)).get("state", target).values
    # the step after the one that the cue is held for
    assert np.array_equal(states[:, 1], x[1:])


def walk(circuit, start, steps, name="a"):
    trials = at.Trial.batch(10.0 * steps, {name: start}, stop=10.0, mode="clamped")
    return at.simulate(circuit, trials, record=("overlap",)).get("overlap", name).values


def test_a_parallel_network_steps_through_the_sequence_once_a_step():
    patterns = random_signs(10, 500, stream(0, "x"))
    net = at.AttractorNetwork("a", 500, at.Sign(), at.Sequence(cyclic=True))
    circuit = at.Circuit(at.Architecture([net]))
    circuit.store(a=patterns)
    best = walk(circuit, patterns[:1], 25)[0].argmax(axis=1)
    assert best.tolist() == [t % 10 for t in range(25)]


def test_sparse_networks_step_through_sequences_by_any_rule_that_suits_them():
    patterns = random_sparse(20, 400, 8, stream(0, "x"))
    for rule in (at.Willshaw(), at.Covariance()):
        net = at.AttractorNetwork("a", 400, at.KWinners(8), at.Sequence(rule))
        circuit = at.Circuit(at.Architecture([net]))
        circuit.store(a=patterns)
        assert walk(circuit, patterns[:1], 20)[0].argmax(axis=1).tolist() == list(range(20)), rule


def steady_overlap(units, load, seed, steps=40):
    """Overlap with the pattern whose turn it is, averaged after 10 steps, of 20 walks."""
    count = round(load * units)
    patterns = random_signs(count, units, stream(seed, "x"))
    net = at.AttractorNetwork("a", units, at.Sign(), at.Sequence(cyclic=True))
    circuit = at.Circuit(at.Architecture([net]))
    circuit.store(a=patterns)
    starts = np.arange(0, count, max(count // 20, 1))[:20]
    overlaps = walk(circuit, patterns[starts], steps)
    rows = [
        overlaps[b, t, (start + t) % count] for b, start in enumerate(starts) for t in range(steps)
    ]
    return np.reshape(rows, (len(starts), steps))[:, 10:]


@pytest.mark.parametrize("load", PUBLISHED)
def test_the_overlap_along_a_long_sequence_is_that_of_theory(load):
    means = [steady_overlap(1500, load, seed).mean() for seed in range(3)]
    error = np.std(means, ddof=1) / np.sqrt(len(means))
    # 0.002: what simulations of 3,000 units deviate by, from theory for infinitely many
    assert abs(np.mean(means) - PUBLISHED[load]) < 0.002 + 2 * error, (
        f"{np.mean(means):.5f} ± {error:.5f}"
    )


@pytest.mark.slow
def test_sequences_break_down_at_the_critical_load():
    # walks of 200 steps of large networks: kept just below, lost just above
    below = steady_overlap(4000, 0.95 * CRITICAL, 0, 200)[:, -20:].mean()
    above = steady_overlap(4000, 1.05 * CRITICAL, 0, 200)[:, -20:].mean()
    assert below > 0.8, below
    assert above < 0.3, above


def dwelling(edge, patterns, steps=120):
    """For how many steps each pattern was the nearest, first and last left out."""
    net = at.AttractorNetwork("a", patterns.shape[1], at.Sign(), at.Hebbian())
    circuit = at.Circuit(at.Architecture([net], [edge]))
    circuit.store(a=patterns)
    best = walk(circuit, patterns[:1], steps)[0].argmax(axis=1)
    changes = np.flatnonzero(np.diff(best))
    order = best[np.append(changes, -1)]
    assert (np.diff(order) % len(patterns) == 1).all(), order
    return np.diff(changes)


@pytest.mark.parametrize("delay", [30.0, 80.0])
def test_with_a_late_edge_a_memory_dwells_in_each_pattern_for_the_delay(delay):
    patterns = random_signs(6, 800, stream(0, "x"))
    edge = at.Association("a", "a", at.Sequence(cyclic=True), gain=1.5, delay=delay)
    assert set(dwelling(edge, patterns)) == {round(delay / 10)}


@pytest.mark.parametrize("delay", [0.0, 80.0])
def test_too_weak_an_edge_never_moves_the_memory_on(delay):
    patterns = random_signs(6, 800, stream(0, "x"))
    edge = at.Association("a", "a", at.Sequence(cyclic=True), gain=0.7, delay=delay)
    assert len(dwelling(edge, patterns)) == 0


@pytest.mark.parametrize(("gain", "fade"), [(1.2, 60.0), (1.1, 50.0)])
def test_with_a_fading_trace_it_dwells_until_the_trace_has_caught_up(gain, fade):
    # orthogonal patterns: no crosstalk blurs the moment of going on
    patterns = hadamard(512)[[1, 2, 4, 8, 16, 32]].astype(np.int8)
    edge = at.Association("a", "a", at.Sequence(cyclic=True), gain=gain, fade=fade)
    dwell = dwelling(edge, patterns, 300)
    # what the memory holds on with: units have no synapses onto themselves
    held = 1 - len(patterns) / 512
    # after n steps in a pattern, with q = exp(-10 n / τ), its trace is 1 - q, which pulls to the
    # next; that of the one before is y = q (1 - q), which holds too; and the older ones, q² in
    # all, pull units this way or that. The middle ones go when g (1 - q) > held + g y
    middle = -np.log(1 - np.sqrt(held / gain))
    # and the first when all older traces help them, at g (1 - y) > held + g y
    first = -np.log((1 - np.sqrt(2 * held / gain - 1)) / 2)
    assert np.ceil(fade / 10 * first) <= dwell.min(), dwell
    assert dwell.max() <= np.ceil(fade / 10 * middle), dwell


def test_the_dual_form_holds_transitions_as_keys_and_values():
    x, rule = random_signs(5, 9, stream(0, "x")), at.Sequence()
    values, keys = rule.outer(x, x, NOTHING)
    assert np.array_equal(values, x[1:])
    assert np.array_equal(keys, x[:-1])


def test_association_of_two_networks_leads_to_the_next_row_of_the_other():
    x, y = random_signs(6, 300, stream(0, "x")), random_signs(6, 200, stream(0, "y"))
    ends = [at.AttractorNetwork("x", 300, at.Sign()), at.AttractorNetwork("y", 200, at.Sign())]
    circuit = at.Circuit(at.Architecture(ends, [at.Association("x", "y", at.Sequence())]))
    circuit.store(x=x, y=y)
    trials = at.Trial.batch(50.0, {"x": x[:5]}, mode="clamped")
    assert at.simulate(circuit, trials).final_match("y").argmax(axis=1).tolist() == [1, 2, 3, 4, 5]
