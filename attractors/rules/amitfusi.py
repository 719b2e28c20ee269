"""Synapses with two states that switch by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.rules.base import Held, Levels, Patterns, Rule, Weights
from attractors.rules.coding import check_activity, check_level, coding_level
from attractors.seeding import stream

# rows of synapses that stay in the cache while they are drawn
ROWS = 64


@dataclass(frozen=True)
class AmitFusi(Rule):
    r"""Synapses that are on or off, and that a pattern switches with small probability.

    A synapse whose two ends are both active is switched on with probability :math:`q_+`; one with
    a single active end is switched off with probability :math:`q_-`. Where both ends are
    inactive, nothing happens between 0/1 networks; between ±1 networks that counts as agreement
    too. Weights are 0 and 1 between 0/1 networks, -1 and 1 between ±1 networks.

    The factor to gain 1 is :math:`1/nδ`, with n the active units of a 0/1 or all units of a ±1
    source: the newest pattern parts the probability to be on by
    :math:`δ = (1-p) q_+ + p q_-`, where p is the fraction of synapses that are on in equilibrium.
    A memory starts there, drawn by chance when the first pattern comes.

    Parameters
    ----------
    potentiation : float
        :math:`q_+`, above 0 and at most 1.
    depression : float, optional
        :math:`q_-`, likewise; by default it balances :math:`q_+`, so that p = ½: in 0/1
        networks of coding level f, :math:`q_- = q_+ f / 2(1-f)`.
    values : {"01", "±1"}
        Of the patterns.
    activity : float, optional
        Coding level f of both ends, for 0/1 patterns; by default each network's nominal activity.
    seed : int
        Seed of all draws. They also depend on the name of the network or edge, and on how many
        patterns came before: storing A then B equals storing A+B at once.

    Notes
    -----
    A memory of age t (patterns since) has in one unit with N synapses a signal-to-noise ratio of
    :math:`\sqrt N q (1-q)^t` for ±1 patterns: memories fade exponentially, and about
    :math:`\ln(\sqrt N q) / q` of them are above noise. With f the ratio decays as
    :math:`(1 - q_+ f^2 - 2 q_- f(1-f))^t`. A lesson costs N² draws a pattern for ±1, about 2fN²
    for 0/1.

    References
    ----------
    Amit & Fusi (1994), Neural Computation 6:957, doi:10.1162/neco.1994.6.5.957.

    Examples
    --------
    >>> rule = AmitFusi(1.0, values="±1")
    >>> pattern = np.array([[1, -1, 1]], dtype=np.int8)
    >>> rule.matrix(rule.learn(rule.start((3, 3)), pattern, pattern, (None, None)))[0]
    array([ 1., -1.,  1.], dtype=float32)
    """

    potentiation: float = 0.1
    depression: float | None = None
    values: Literal["01", "±1"] = "01"  # type: ignore[misc]
    activity: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        who = "AmitFusi"
        checks.choice(who, "values", self.values, ("01", "±1"))
        check_activity(who, self.activity)
        for name in ("potentiation", "depression"):
            value = getattr(self, name)
            if value is not None and checks.real(who, name, value, low=0.0, open=True) > 1.0:
                raise ParameterError(f"{who}: {name} is {value!r}; it must be at most 1.")
        checks.whole(who, "seed", self.seed, low=0)
        claims = {"symmetric": False, "order_free": False, "random": True}
        for name, claim in {**claims, "signed": self.values == "±1", "whole": True}.items():
            object.__setattr__(self, name, claim)

    def check(self, activity: Levels) -> None:
        """Refuse 0/1 networks without an activity between 0 and 1."""
        self.chances(activity)

    def check_patterns(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Refuse 0/1 patterns whose mean activity is more than a factor 2 off the coding level."""
        if self.values == "01":
            for end, patterns, level in zip(
                ("target", "source"), (post, pre), activity, strict=True
            ):
                wanted = coding_level("AmitFusi", self.activity, level)
                check_level("AmitFusi", end, patterns, wanted)

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return synapses that are all off, and the key of all draws."""
        key = stream(self.seed, name, "AmitFusi").integers(2**63)
        return {
            "on": np.zeros(shape, np.bool_),
            "stored": np.zeros((), np.int64),
            "parted": np.zeros(()),
            "key": np.array(key, np.int64),
        }

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Switch synapses by chance, pattern after pattern."""
        held: dict[str, NDArray[Any]] = dict(weights)
        on, key, first = held["on"], int(held["key"]), int(held["stored"])
        up, down, equilibrium = self.chances(activity)
        if first == 0 and len(post):
            on[:] = stream(key, "equilibrium").random(on.shape) < equilibrium
        for number, (y, x) in enumerate(zip(post > 0, pre > 0, strict=True), start=first):
            rng = stream(key, "pattern", number)
            if self.values == "±1":
                for start in range(0, len(on), ROWS):
                    rows = slice(start, start + ROWS)
                    on[rows] = _switched(on[rows], y[rows, None] == x, up, down, rng)
            else:
                # only synapses with an active end can change
                on[y] = _switched(on[y], x, up, down, rng)
                rest = np.ix_(~y, x)
                on[rest] = _switched(on[rest], np.False_, up, down, rng)
        held["stored"] = np.array(first + len(post))
        held["parted"] = np.array((1.0 - equilibrium) * up + equilibrium * down)
        return held

    def matrix(self, held: Held) -> Weights:
        """Return the states of the synapses as weights, 0 before the first lesson."""
        on: NDArray[np.float32] = held["on"].astype(np.float32)
        return 2.0 * on - 1.0 if self.values == "±1" and held["stored"] else on

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / nδ for ends of like activity; 0 where none is active."""
        if self.values == "01" and not 0.0 < activity < 1.0:
            return 0.0
        up, down, on = self.chances((activity, activity))
        return 1.0 / (self._driving(units, activity) * ((1.0 - on) * up + on * down))

    def scale(self, held: Held, units: int, activity: float) -> float:
        """Return 1 / nδ; 0 while nothing is stored."""
        parted = float(held["parted"]) * self._driving(units, activity)
        return 1.0 / parted if parted > 0.0 else 0.0

    def chances(self, activity: Levels) -> tuple[float, float, float]:
        """Return the probabilities to switch on and off, and to be on in equilibrium.

        Parameters
        ----------
        activity : (float or None, float or None)
            Nominal activity of target and source.

        Raises
        ------
        ParameterError
            If 0/1 networks have no activity between 0 and 1, or one too large to be balanced.
        """
        both, one = self._meetings(activity)
        up = self.potentiation
        down = self.depression if self.depression is not None else up * both / one
        if down > 1.0:
            raise ParameterError(
                f"AmitFusi: depression would have to be {down:.3g} to balance potentiation "
                f"{up:g} at this activity; give depression=..., at most 1."
            )
        return up, down, up * both / (up * both + down * one)

    def _meetings(self, activity: Levels) -> tuple[float, float]:
        """Return how often a pattern would switch a synapse on, and off, if it were certain."""
        if self.values == "±1":
            return 0.5, 0.5
        post, pre = (coding_level("AmitFusi", self.activity, level) for level in activity)
        return post * pre, post * (1.0 - pre) + pre * (1.0 - post)

    def _driving(self, units: int, activity: float) -> float:
        return units if self.values == "±1" else units * activity


def _switched(
    on: NDArray[np.bool_],
    wanted: NDArray[np.bool_] | np.bool_,
    up: float,
    down: float,
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    """Return the states of synapses that are drawn to where a pattern wants them."""
    draws = rng.random(on.shape, dtype=np.float32)
    drawn = draws < up if up == down else np.where(wanted, draws < up, draws < down)
    # bits, not masks: several times faster, and this is the inner loop
    switched: NDArray[np.bool_] = on ^ (drawn & (on ^ wanted))
    return switched
