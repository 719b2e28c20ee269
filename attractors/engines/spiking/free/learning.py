"""How the synapses of a plastic edge learn, in Brian2's language."""

from __future__ import annotations

from typing import Any

from brian2 import ms

from attractors.engines.spiking.plasticity import Plasticity

# of synapses that hold their own traces
TRACES = """
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
    traces : (str, str), optional
        Variables of source and target that hold their traces; by default every synapse has its
        own.
    """

    def __init__(
        self,
        rule: Plasticity,
        rates: tuple[float, float],
        cut: bool = False,
        traces: tuple[str, str] | None = None,
    ) -> None:
        self.rule, self.rates, self.cut, self.traces = rule, rates, cut, traces

    @property
    def model(self) -> str:
        """Variables of a synapse."""
        own = TRACES if self.traces is None else ""
        return f"w : 1\n{own}" + ("top : 1 (constant)\n" if self.cut else "")

    @property
    def on_pre(self) -> str:
        """What a spike does on arrival, after it is transmitted."""
        return self._event(self.rule.on_pre, "source_trace += source_jump")

    @property
    def on_post(self) -> str:
        """What a spike of the target does."""
        return self._event(self.rule.on_post, "target_trace += target_jump")

    def _event(self, change: str, jump: str) -> str:
        """Return the change of a weight, with the jump of its own trace or the traces of units."""
        if self.traces is None:
            return f"{change}\n{jump}"
        source, target = self.traces
        read = {"source_trace": f"{source}_pre", "target_trace": f"{target}_post"}
        used = [f"{name} = {variable}" for name, variable in read.items() if name in change]
        return "\n".join([*used, change])

    @property
    def namespace(self) -> dict[str, Any]:
        """Constants."""
        found = dict(self.rule.constants)
        if self.traces is None:
            jumps = self.rule.jumps(*self.rates)
            found |= dict(zip(("source_jump", "target_jump"), jumps, strict=True))
            source, target = self.rule.taus
            found |= {"tau_source": source * ms, "tau_target": target * ms}
        return found if self.cut else found | {"top": self.rule.maximum}
