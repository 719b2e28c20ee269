"""Pathways: the synapses that add to one variable of their targets, one Brian2 object each.

Read once a cycle or fading, with full transmitter or depressed: edges that are alike share an
object, because Brian2 compiles every object separately.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from attractors.circuit import Link

EXCITATION = "excitation"
# the share of transmitter that is left refills by itself; a spike takes some of it along
DEPRESSED = "dleft/dt = (1 - left) / recovery_pre : 1 (event-driven)\n"


@dataclass(frozen=True)
class Pathway:
    """Synapses of one mode and time constant, of sources that do or do not tire.

    Attributes
    ----------
    mode : str
        ``"excitation"`` or the mode of a diversion.
    fade : float
        Time constant in ms of what their pulses leave behind; 0 for what is read once.
    number : int
        Rank of the time constant among those of the mode, in its name.
    depressed : bool
        Whether their sources run out of transmitter.
    links : tuple of Link
        What they belong to.
    """

    mode: str
    fade: float
    number: int
    depressed: bool
    links: tuple[Link, ...]

    @property
    def variable(self) -> str:
        """Variable of the target that they add to."""
        return f"{self.mode}_fading{self.number}" if self.fade else self.mode

    @property
    def name(self) -> str:
        """Name of the Brian2 object: the same for the same circuit, so that code is cached."""
        return f"attractors_{self.variable}{'_depressed' if self.depressed else ''}"

    @property
    def model(self) -> str:
        """Equations of a synapse."""
        return "w : volt (constant)\n" + (DEPRESSED if self.depressed else "")

    @property
    def on_pre(self) -> str:
        """What a spike does that arrives."""
        if not self.depressed:
            return f"{self.variable}_post += w"
        return f"{self.variable}_post += w * left\nleft = left * spared_pre + regained_pre"


def mode_of(link: Link) -> str:
    """Return the mode of the pathway that a link belongs to."""
    return EXCITATION if link.kind in ("recurrent", "association") else link.kind


def pathways(links: Sequence[Link], depressed: Collection[str]) -> tuple[Pathway, ...]:
    """Return the pathways of a circuit in a fixed order.

    Parameters
    ----------
    links : sequence of Link
        Of spiking networks.
    depressed : collection of str
        Networks whose synapses run out of transmitter.
    """
    fades: dict[str, set[float]] = {}
    for link in links:
        fades.setdefault(mode_of(link), set()).add(link.fade)
    ranks = {
        (mode, fade): rank
        for mode, found in fades.items()
        for rank, fade in enumerate(sorted(found - {0.0}))
    }
    sorted_links: dict[tuple[str, float, bool], list[Link]] = {}
    for link in links:
        key = (mode_of(link), link.fade, link.source in depressed)
        sorted_links.setdefault(key, []).append(link)
    return tuple(
        Pathway(mode, fade, ranks.get((mode, fade), 0), tires, tuple(found))
        for (mode, fade, tires), found in sorted(sorted_links.items(), key=lambda item: item[0])
    )
