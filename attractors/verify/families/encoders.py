"""Dimensionality expansion: distances, neighbours, and memories behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from attractors.catalog import Measured
from attractors.dynamics import Dynamics, KWinners, Sign, Threshold
from attractors.encoders import Expansion
from attractors.memory import Memory
from attractors.patterns import flip, random_signs
from attractors.rules import Covariance, Hebbian, PseudoInverse, Rule, Willshaw
from attractors.seeding import stream
from attractors.verify.families.crossing import falls_below
from attractors.verify.families.family import Family, real, whole
from attractors.verify.row import Parameters

Reals = NDArray[np.float64]

# inputs, units of the code and clusters of each expansion
INPUTS, CODE, CLUSTERS, EXPANSIONS = 400, 4000, 100, 5
# units for each winner of the fly, and the share of the points that are neighbours
PER_WINNER, NEAR, FLIES = 20, 0.02, 5
# wrong bits of a word that is still right, by its length; cues of a memory; networks
WRONG, CUES, NETWORKS, SMALL_NETWORKS = 0.016, 100, 3, 8


def cluster_size(parameters: Parameters, seed: int) -> Measured:
    """Measure the size of clusters of codes by that of unrelated ones."""
    coding, spread = real(parameters, "f"), real(parameters, "dS")
    sizes = []
    for number in range(EXPANSIONS):
        draw = stream(seed, "clusters", number)
        centres = random_signs(CLUSTERS, INPUTS, draw)
        members = flip(centres, spread / 2, draw)
        model = Expansion(CODE, coding, random_state=stream(seed, "expansion", number))
        # a set and its negative have mean 0 exactly, as the theory's inputs do
        model.fit(np.concatenate([centres, -centres]))
        apart = abs(model.transform(centres) - model.transform(members)).mean()
        sizes.append(float(apart / (2 * coding * (1 - coding))))
    return Measured.mean(sizes)


def neighbours_kept(parameters: Parameters, seed: int) -> Measured:
    """Measure the mean average precision of neighbours among the tags of digits.

    Every digit is brought to mean 0, a unit has a tenth of the inputs, and winners keep their
    field.
    """
    winners = whole(parameters, "k")
    digits = load_digits().data
    digits = digits - digits.mean(axis=1, keepdims=True)
    truth = _neighbours(digits)[:, : round(NEAR * len(digits))]
    scores = []
    for number in range(FLIES):
        model = Expansion(
            *(PER_WINNER * winners, 1 / PER_WINNER, "sparse"),
            random_state=stream(seed, "fly", number),
            dense_output=True,
            centring=False,
        )
        tags = model.fit_transform(digits) * model.project(digits)
        scores.append(_mean_average_precision(tags, truth))
    return Measured.mean(scores)


def expanded(parameters: Parameters, seed: int) -> Measured:
    """Measure how many words come back in 90 % of the cases, expanded, recalled and decoded."""
    inputs, units = whole(parameters, "D"), whole(parameters, "N")
    activity, flips = real(parameters, "a"), real(parameters, "flips")
    rule: Rule = Willshaw() if parameters["rule"] == "willshaw" else Covariance()

    def share(load: int, number: int) -> float:
        draw = stream(seed, "expanded", number, load)
        words = random_signs(load, inputs, draw)
        model = Expansion(units, activity, readout="pseudo-inverse", random_state=draw)
        codes = model.fit_transform(words)
        memory = Memory(units, KWinners(round(activity * units)), rule)
        memory.store(codes)
        cues = flip(words[:CUES], flips, draw) if flips else words[:CUES]
        recalled = model.inverse_transform(memory.recall(model.transform(cues)))
        return _right(np.sign(recalled), words[:CUES])

    return _capacities(share, NETWORKS, first=128)


def unexpanded(parameters: Parameters, seed: int) -> Measured:
    """Measure the same without expansion."""
    inputs, flips = whole(parameters, "D"), real(parameters, "flips")
    dynamics, rule = BARE[str(parameters["rule"])]

    def share(load: int, number: int) -> float:
        if isinstance(rule, PseudoInverse) and load >= inputs:
            # a projection onto everything: without self-coupling no weight is left
            return 0.0
        found = []
        for repeat in range(max(CUES // load, 1)):
            draw = stream(seed, "bare", number, load, repeat)
            words = random_signs(load, inputs, draw)
            cues = flip(words, flips, draw) if flips else words
            if rule.values == "01":
                words, cues = (words + 1) // 2, (cues + 1) // 2
            memory = Memory(inputs, dynamics, rule)
            memory.store(words)
            found.append(_right(memory.recall(cues), words))
        return float(np.mean(found))

    return _capacities(share, SMALL_NETWORKS, first=4)


BARE: dict[str, tuple[Dynamics, Rule]] = {
    "pm1": (Sign(), Hebbian()),
    "01": (Threshold(0.0), Covariance(0.5)),
    "pinv": (Sign(), PseudoInverse()),
}


def _capacities(share: Callable[[int, int], float], networks: int, first: int) -> Measured:
    return Measured.mean(
        [falls_below(lambda load, n=n: share(load, n), first=first) for n in range(networks)]  # type: ignore[misc]
    )


def _right(found: NDArray[np.generic], words: NDArray[np.generic]) -> float:
    """Return the share of words with at most 1.6 % wrong bits."""
    return float(((found != words).mean(axis=1) <= WRONG).mean())


def _neighbours(points: Reals) -> NDArray[np.intp]:
    """Return the other points in the order of their distance from each."""
    squares = np.sum(points**2, axis=1)
    distances = squares[:, None] + squares - 2 * points @ points.T
    np.fill_diagonal(distances, np.inf)
    return np.argsort(distances, axis=1, kind="stable")[:, :-1]


def _mean_average_precision(tags: Reals, truth: NDArray[np.intp]) -> float:
    """Return the precision at each true neighbour, averaged over those and all points."""
    count = truth.shape[1]
    right = np.zeros((len(tags), len(tags)), bool)
    np.put_along_axis(right, truth, True, axis=1)
    hits = np.take_along_axis(right, _neighbours(tags)[:, :count], axis=1)
    precision = np.cumsum(hits, axis=1) / np.arange(1, count + 1)
    return float(np.mean(np.sum(precision * hits, axis=1) / np.maximum(hits.sum(axis=1), 1)))


FAMILIES = (
    Family("bab", cluster_size),
    Family("fly", neighbours_kept),
    Family("exp", expanded, slow=True),
    Family("base", unexpanded),
)
