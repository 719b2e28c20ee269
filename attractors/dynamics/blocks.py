"""Hypercolumns: blocks of units, of each of which one is active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from attractors import checks
from attractors.dynamics.base import Alphabet, Dynamics
from attractors.dynamics.fatigue import Adaptation, Depression, check_fatigue
from attractors.errors import ParameterError, PatternError

WINNERS = ("one", "all")
COUNTS = ("sum", "max")


@dataclass(frozen=True)
class Blocks(Dynamics):
    r"""0/1 units in equal blocks of consecutive units; in each block the largest field wins.

    With one winner a block these are Potts units of N/blocks states. With ``winners="all"``
    they are the clusters of a clique network, in which units with equal fields stay active
    together until the rest of the clique tells them apart. A unit has no synapse onto units of
    its own block, and with ``self_coupling=True`` on the network only one onto itself (the
    memory effect of clique networks).

    Parameters
    ----------
    blocks : int
        Number of blocks; it must divide the number of units.
    winners : {"one", "all"}
        What happens to units that share the largest field of a block: the first by unit index
        wins, or all of them do.
    count : {"sum", "max"}
        What a unit counts of a source in blocks: the sum over its active units
        :math:`\sum_b \sum_{i ∈ b} W_{ji} s_i`, or of each block only the largest contribution
        :math:`\sum_b \max_{i ∈ b} W_{ji} s_i` ("sum of max").
    threshold : float or None
        Winners must have a field above it, else their block stays silent; ``None`` for a winner
        in every block whatever its field.
    temperature : float
        Scale of the Gumbel noise added to the fields, so that a block's winner is drawn with
        probabilities ∝ exp(field / temperature).
    adaptation : Adaptation, optional
        Thresholds that grow with recent activity.
    depression : Depression, optional
        Synapses that transmit less after recent activity.

    Raises
    ------
    ParameterError
        If a value is not allowed, or noise is asked for where ties are to be kept.

    References
    ----------
    Kanter (1988), Phys. Rev. A 37:2739, doi:10.1103/PhysRevA.37.2739; Gripon & Berrou (2011),
    IEEE Trans. Neural Netw. 22:1087, doi:10.1109/TNN.2011.2146789; sum of max: Yao, Gripon &
    Rabbat (2013), arXiv:1303.7032.

    Examples
    --------
    >>> Blocks(8, winners="all", count="max").activity(2048)
    0.00390625
    """

    blocks: int
    winners: str = "one"
    count: str = "sum"
    threshold: float | None = 0.0
    temperature: float = 0.0
    adaptation: Adaptation | None = None
    depression: Depression | None = None
    values: ClassVar[Alphabet] = "01"

    def __post_init__(self) -> None:
        checks.whole("Blocks", "blocks", self.blocks)
        checks.choice("Blocks", "winners", self.winners, WINNERS)
        checks.choice("Blocks", "count", self.count, COUNTS)
        if self.threshold is not None:
            checks.real("Blocks", "threshold", self.threshold)
        checks.real("Blocks", "temperature", self.temperature, low=0.0)
        if self.temperature > 0 and self.winners == "all":
            raise ParameterError(
                "Blocks: noise leaves no ties to keep; use winners='one' or temperature=0."
            )
        check_fatigue("Blocks", "adaptation", self.adaptation, Adaptation)
        check_fatigue("Blocks", "depression", self.depression, Depression)

    def activity(self, units: int) -> float:
        """Return blocks / units.

        Raises
        ------
        ParameterError
            If the units do not make that many equal blocks.
        """
        if self.blocks > units or units % self.blocks:
            raise ParameterError(
                f"Blocks: {units} units make no {self.blocks} equal blocks; use a divisor of "
                f"{units}, or {max(units // self.blocks, 1) * self.blocks} units."
            )
        return self.blocks / units

    def check_patterns(self, patterns: Any, owner: str) -> None:
        """Raise PatternError if a pattern has two active units in a block, or one too few."""
        rows, units = patterns.nonzero()
        places = rows * self.blocks + units // (patterns.shape[1] // self.blocks)
        cells = patterns.shape[0], self.blocks
        by_block = np.bincount(places, minlength=cells[0] * cells[1]).reshape(cells)
        wrong = by_block != 1 if self.threshold is None else by_block > 1
        if wrong.any():
            row, block = map(int, np.argwhere(wrong)[0])
            least = "exactly" if self.threshold is None else "at most"
            raise PatternError(
                f"{owner}: pattern {row} has {by_block[row, block]} active units in block {block}; "
                f"Blocks take {least} one in each of their {self.blocks} blocks."
            )
