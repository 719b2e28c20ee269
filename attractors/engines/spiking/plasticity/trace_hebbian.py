"""A Hebbian rule of rates, read off traces of spikes."""

from __future__ import annotations

from dataclasses import dataclass

from attractors.engines.spiking.plasticity.base import Plasticity
from attractors.errors import ParameterError


@dataclass(frozen=True)
class TraceHebbian(Plasticity):
    r"""Units that are active together are joined within a few hundred milliseconds.

    The traces x and y are rates in units of the on-state: a spike adds
    :math:`1/(r_{on} τ)`, so that their mean is 1 at the on-rate. With a threshold θ,

    .. math::

        φ(z) = \min\left(\frac{[z - θ]_+}{1 - θ}, 1\right), \qquad ψ(z) = \frac{[θ - z]_+}{θ},

    a spike of the target moves w towards its maximum, and one of the source towards 0:

    .. math::

        w \leftarrow w + A_+ φ(x) φ(y) (w_{max} - w), \qquad w \leftarrow w - A_- ψ(y) w,

    both read before the spike's own jump. Both ends above θ strengthen; a source whose target is
    below θ weakens; a source below θ changes nothing, so that memories of other sources are kept.
    As in the voltage-based rule, of which this keeps the form, strengthening takes a target that
    has been depolarised for a while: there two low-pass filtered potentials above a threshold,
    here y above θ. A lone spike has no y before it, hence teaches nothing.

    *Bounds.* Each change is a weighted mean of w with 0 or :math:`w_{max}`, for :math:`A_± ≤ 1`:
    w never leaves [0, :math:`w_{max}`], whatever the rates, and needs no normalisation.

    *One pairing.* While φ(x)φ(y) = c, n spikes of the target leave

    .. math:: w_n = w_{max} - (w_{max} - w_0) (1 - A_+ c)^n.

    At the on-rate of 40 Hz with the defaults, y just before regular spikes is 0.77 and x, by the
    lag of the target, 0.78 to 1.27, hence c 0.39 to 0.62: once the traces have grown, every 6 to 9
    spikes, or 150 to 225 ms, halve what is left to go.

    *Many.* Where the target is above θ in a share p of the time that the source is on, at equal
    rates, the mean change vanishes at :math:`w = w_{max} A_+ c p / (A_+ c p + A_- (1 - p))`: an
    increasing function of the conditional probability p, 0 at 0 and the maximum at 1.

    Parameters
    ----------
    tau_pre, tau_post : float
        τ of the traces of source and target in ms.
    potentiation, depression : float
        :math:`A_+` and :math:`A_-`, 0 to 1.
    threshold : float
        θ as a fraction of the on-rate, above 0 and below 1.
    maximum, candidates : float
        See :class:`Plasticity`.

    References
    ----------
    Clopath, Büsing, Vasilaki & Gerstner (2010), Nat Neurosci 13:344, doi:10.1038/nn.2479.
    Gerstner & Kistler (2002), Biol Cybern 87:404, doi:10.1007/s00422-002-0353-y.

    Examples
    --------
    >>> TraceHebbian().jumps(source=40.0, target=20.0)
    (0.5, 1.0)
    """

    tau_pre: float = 50.0
    tau_post: float = 50.0
    potentiation: float = 0.2
    depression: float = 0.02
    threshold: float = 0.4

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_share("potentiation")
        self._check_share("depression")
        if not 0.0 < self.threshold < 1.0:
            raise ParameterError(
                f"TraceHebbian: threshold is {self.threshold!r}; it must be above 0 and below 1, "
                "the on-rate."
            )

    @property
    def taus(self) -> tuple[float, float]:
        """As declared."""
        return self.tau_pre, self.tau_post

    def jumps(self, source: float, target: float) -> tuple[float, float]:
        """Return what makes the mean of the traces 1 at the on-rates."""
        return 1000.0 / (source * self.tau_pre), 1000.0 / (target * self.tau_post)

    @property
    def on_pre(self) -> str:
        """Weaken where the target has been silent."""
        return "w -= depression * w * clip(1 - target_trace / threshold, 0, 1)"

    @property
    def on_post(self) -> str:
        """Strengthen where both ends have been active."""
        above = "clip(({0}_trace - threshold) / (1 - threshold), 0, 1)"
        both = f"{above.format('source')} * {above.format('target')}"
        return f"w += potentiation * (top - w) * {both}"

    @property
    def constants(self) -> dict[str, float]:
        """Both amplitudes and the threshold."""
        return {
            "potentiation": self.potentiation,
            "depression": self.depression,
            "threshold": self.threshold,
        }
