"""Spike-timing-dependent plasticity of pairs of spikes."""

from __future__ import annotations

from dataclasses import dataclass

from attractors import checks
from attractors.engines.spiking.plasticity.base import Plasticity

BOUNDS = ("hard", "soft")


@dataclass(frozen=True)
class STDP(Plasticity):
    r"""Spike-timing-dependent plasticity of all pairs of spikes.

    With :math:`Δ = t_{post} - t_{pre}`, where :math:`t_{pre}` is the time of arrival, each pair
    of spikes changes the weight by

    .. math::

        δw = A_+ f_+(w) e^{-Δ/τ_{pre}} \; (Δ ≥ 0), \qquad
        δw = -A_- f_-(w) e^{Δ/τ_{post}} \; (Δ < 0).

    Hard bounds have :math:`f_± = w_{max}` and cut w off at 0 and :math:`w_{max}`; soft ones have
    :math:`f_+ = w_{max} - w` and :math:`f_- = w`. The defaults are those of Song, Miller & Abbott:
    uncorrelated spikes weaken a synapse, and learning takes minutes.

    Parameters
    ----------
    tau_pre, tau_post : float
        τ of the traces of source and target in ms.
    potentiation, depression : float
        :math:`A_+` and :math:`A_-`, at least 0.
    bounds : {"hard", "soft"}
        How weights are kept within 0 and the maximum.
    maximum, candidates : float
        See :class:`Plasticity`.

    References
    ----------
    Song, Miller & Abbott (2000), Nat Neurosci 3:919, doi:10.1038/78829.
    Morrison, Diesmann & Gerstner (2008), Biol Cybern 98:459, doi:10.1007/s00422-008-0233-1.

    Examples
    --------
    >>> STDP(potentiation=0.1, depression=0.05, bounds="soft").taus
    (20.0, 20.0)
    """

    tau_pre: float = 20.0
    tau_post: float = 20.0
    potentiation: float = 0.005
    depression: float = 0.00525
    bounds: str = "hard"

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.choice("STDP", "bounds", self.bounds, BOUNDS)

    @property
    def taus(self) -> tuple[float, float]:
        """As declared."""
        return self.tau_pre, self.tau_post

    def jumps(self, source: float, target: float) -> tuple[float, float]:
        """Return 1 for both: the traces sum the exponentials of all spikes."""
        return 1.0, 1.0

    @property
    def on_pre(self) -> str:
        """The spike came after those of the target."""
        size = "w" if self.bounds == "soft" else "top"
        return f"w = clip(w - depression * {size} * target_trace, 0, top)"

    @property
    def on_post(self) -> str:
        """The spike came after those of the source."""
        size = "(top - w)" if self.bounds == "soft" else "top"
        return f"w = clip(w + potentiation * {size} * source_trace, 0, top)"

    @property
    def constants(self) -> dict[str, float]:
        """Both amplitudes."""
        return {"potentiation": self.potentiation, "depression": self.depression}
