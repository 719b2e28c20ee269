"""How the synapses of an edge transmit: delays, facilitation and depression."""

from __future__ import annotations

from dataclasses import dataclass

from attractors import checks
from attractors.errors import ParameterError


@dataclass(frozen=True)
class ShortTerm:
    r"""Short-term facilitation and depression of what a source sends.

    At a spike, u grows to :math:`u + U (1 - u)`, and :math:`u x` is released of what is there,
    x; between spikes :math:`\dot u = (U - u)/τ_F` and :math:`\dot x = (1 - x)/τ_D`.

    Parameters
    ----------
    use : float
        U, above 0 and at most 1.
    facilitation, recovery : float
        τ_F and τ_D in ms; 0 for none.
    relative : bool
        Whether weights are those of the first spike after rest, so that U itself cancels.

    References
    ----------
    Markram, Wang & Tsodyks (1998), PNAS 95:5323, doi:10.1073/pnas.95.9.5323.
    """

    use: float = 0.2
    facilitation: float = 1500.0
    recovery: float = 200.0
    relative: bool = False

    def __post_init__(self) -> None:
        if checks.real("ShortTerm", "use", self.use, low=0.0, open=True) > 1.0:
            raise ParameterError(f"ShortTerm: use is {self.use:g}; it must be at most 1.")
        checks.real("ShortTerm", "facilitation", self.facilitation, low=0.0)
        checks.real("ShortTerm", "recovery", self.recovery, low=0.0)


@dataclass(frozen=True)
class Transmission:
    """What the spiking engine adds to an edge.

    Parameters
    ----------
    delay : float or (float, float), optional
        Of its synapses in ms, in place of the edge's own; of two values, each synapse draws its
        own uniformly between them.
    short_term : ShortTerm, optional
        Facilitation and depression.
    """

    delay: float | tuple[float, float] | None = None
    short_term: ShortTerm | None = None

    def __post_init__(self) -> None:
        for bound in self.delays or ():
            checks.real("Transmission", "delay", bound, low=0.0, open=True)

    @property
    def delays(self) -> tuple[float, float] | None:
        """Least and largest delay in ms."""
        if self.delay is None:
            return None
        low, high = self.delay if isinstance(self.delay, tuple) else (self.delay, self.delay)
        return low, high
