"""Every target unit a perceptron: weights trained until each stored pattern is stable."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.rules.base import Held, Levels, Patterns, Rule, Weights
from attractors.rules.training import Training

Reals = NDArray[np.float64]


class ConvergenceWarning(UserWarning):
    """Training stopped before every stored pattern was stable."""


@dataclass(frozen=True)
class Perceptron(Rule):
    r"""Weights in which every stored pair holds with a margin, found by the perceptron rule.

    Stability of target unit j in pair μ, where its value says whether the sign σ is + or -:

    .. math:: γ_j^μ = σ_j^μ \, \frac{\sum_i W_{ji} ξ_i^μ + b_j}{|W_j| \, s} , \qquad
        γ_j^μ ≤ κ \;\Rightarrow\; ΔW_{ji} = σ_j^μ ξ_i^μ ,

    pair after pair, over and over, until all γ exceed the margin κ or ``epochs`` have passed. s
    is the standard deviation of a source unit: 1 for ±1, √(a(1-a)) for 0/1 patterns. Units with
    0/1 values learn a bias too: stored sources bring active units above ½ and inactive ones below
    at gain 1 (so ``threshold=0.5`` keeps a silent network silent); ±1 units have none. Units of a
    recurrent memory do without their own value, unless ``self_coupling=True``. Rows of W have
    length 1; the factor to gain 1 is the mean over the stored pairs.

    Parameters
    ----------
    margin : float
        κ, at least 0. Larger ones widen the basins and cost capacity.
    epochs : int
        How often at most a lesson goes through all patterns.

    Warns
    -----
    ConvergenceWarning
        If some γ is not above the margin after the last epoch. For every unit the weights with
        the fewest such pairs are kept.

    Notes
    -----
    All stored pairs are kept, P (N_post + N_pre) bytes and 8 P N_post for how often each was
    trained: a later lesson trains all of them again, from where the last one stopped, so nothing
    is forgotten. An epoch costs up to P² N_post operations, less the more pairs are stable. The
    result depends on the order of the patterns.

    With self-coupling every memory has a trivial solution, in which each unit keeps its own value
    and no pattern corrects another. Training does not avoid it: the more is stored, the larger
    the diagonal, and stable patterns then say nothing of basins.

    No rule holds more (:func:`attractors.theory.gardner_capacity`): P/N is at most 2 at κ = 0 and
    0.52 at κ = 1 for random ±1 patterns, 3.9 at κ = 0 for 0/1 patterns with a tenth of the units
    active. Training takes ever longer towards these bounds: at N = 200 a second at P/N = 1, ten at
    1.5, and 1000 epochs are not enough at 1.7.

    References
    ----------
    Gardner (1988), J. Phys. A 21:257, doi:10.1088/0305-4470/21/1/030; Diederich & Opper (1987),
    PRL 58:949, doi:10.1103/PhysRevLett.58.949; the weights kept: Gallant (1990), IEEE Trans.
    Neural Netw. 1:179, doi:10.1109/72.80230.

    Examples
    --------
    >>> rule, x = Perceptron(), np.array([[1, 1, -1], [1, -1, -1]], dtype=np.int8)
    >>> held = rule.learn(rule.start((3, 3)), x, x[:, ::-1].copy(), (None, None))
    >>> bool((rule.stability(held) > 0).all())
    True
    """

    margin: float = 0.0
    epochs: int = 1000
    values: ClassVar = "any"
    symmetric: ClassVar[bool] = False
    order_free: ClassVar[bool] = False
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        checks.real("Perceptron", "margin", self.margin, low=0.0)
        checks.whole("Perceptron", "epochs", self.epochs)

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return no patterns, hence no weights."""
        return {
            "post": np.zeros((0, shape[0]), np.int8),
            "pre": np.zeros((0, shape[1]), np.int8),
            "strengths": np.zeros((shape[0], 0)),
            "recurrent": np.array(recurrent, np.bool_),
        }

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Add the pairs that are new and train all that are held."""
        ends = np.concatenate(
            [np.hstack([weights["post"], weights["pre"]]), np.hstack([post, pre])]
        )
        first = np.sort(np.unique(ends, axis=0, return_index=True)[1])
        post, pre = np.split(ends[first], [post.shape[1]], axis=1)
        more = len(first) - weights["strengths"].shape[1]
        strengths = np.pad(weights["strengths"], ((0, 0), (0, more)))
        training = Training(post, pre, strengths, bool(weights["recurrent"]))
        unstable = training.run(self.margin, self.epochs)
        if unstable:
            pair, unit = np.unravel_index(training.stability().argmin(), post.shape)
            warnings.warn(
                f"Perceptron: {unstable} of {post.size} fields (units x patterns) are not stable "
                f"after {self.epochs} epochs, e.g. unit {unit} in pattern {pair}. Store fewer or "
                "less similar patterns, raise epochs or lower the margin.",
                ConvergenceWarning,
                stacklevel=2,
            )
        return {**weights, "post": post, "pre": pre, "strengths": training.strengths}

    def matrix(self, held: Held) -> Weights:
        """Return the weights, each row of length 1."""
        return _training(held).directions()[0]

    def bias(self, held: Held) -> Reals | None:
        """Return the biases of 0/1 units, for which the border lies at ½."""
        training = _training(held)
        if not training.biased:
            return None
        scale = self.scale(held, 0, 0.0)
        return training.directions()[1] + (0.5 / scale if scale else 0.0)

    def stability(self, held: Held) -> Reals:
        """Return γ of every stored pair and target unit, (P, n_post)."""
        return _training(held).stability()

    def factor(self, units: int, activity: float) -> float:
        """Return 1, for weights that are not known; :meth:`scale` knows them."""
        return 1.0

    def scale(self, held: Held, units: int, activity: float) -> float:
        """Return the factor that parts active from inactive units by their values, in the mean."""
        training = _training(held)
        active = training.signs > 0
        if active.all() or not active.any():
            return 0.0
        fields = training.directions()[0] @ held["pre"].T
        gap = float(fields[active].mean() - fields[~active].mean())
        return (1.0 if training.biased else 2.0) / gap if gap > 0 else 0.0


def _training(held: Held) -> Training:
    return Training(held["post"], held["pre"], held["strengths"], bool(held["recurrent"]))
