"""How the synapses of a plastic edge learn, in Brian2's language."""

from __future__ import annotations

from typing import Any

from brian2 import ms

from attractors.engines.spiking.plasticity import Plasticity

MODEL = """
w : 1
dsource_trace/dt = -source_trace / tau_source : 1 (event-driven)
dtarget_trace/dt = -target_trace / tau_target : 1 (event-driven)
"""


class Learning:
    """What the events of a plastic synapse do besides transmitting.

    Parameters
    ----------
    rule : Plasticity
        How it learns.
    rates : (float, float)
        On-rates of source and target in Hz.
    cut : bool
        Whether the edge is lesioned in some trials: synapses then have bounds of their own, which
        are 0 there.
    """

    def __init__(self, rule: Plasticity, rates: tuple[float, float], cut: bool = False) -> None:
        self.rule, self.rates, self.cut = rule, rates, cut

    @property
    def model(self) -> str:
        """Variables of a synapse."""
        return MODEL + ("top : 1 (constant)\n" if self.cut else "")

    @property
    def on_pre(self) -> str:
        """What a spike does on arrival, after it is transmitted."""
        return f"{self.rule.on_pre}\nsource_trace += source_jump"

    @property
    def on_post(self) -> str:
        """What a spike of the target does."""
        return f"{self.rule.on_post}\ntarget_trace += target_jump"

    @property
    def namespace(self) -> dict[str, Any]:
        """Constants."""
        source, target = self.rule.taus
        jumps = self.rule.jumps(*self.rates)
        found = {"tau_source": source * ms, "tau_target": target * ms}
        found |= dict(zip(("source_jump", "target_jump"), jumps, strict=True))
        return found | self.rule.constants | ({} if self.cut else {"top": self.rule.maximum})
