"""What a spike does at its source: transmitter, facilitation, and receptors that saturate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from brian2 import ms

from attractors.engines.spiking.neurons import ShortTerm

Saturation = tuple[float, float]
# receptors that saturate, and the release that opens them
Gate = tuple[Saturation, ShortTerm | None]


@dataclass(frozen=True)
class Source:
    """Variables of the sources in one group.

    Parameters
    ----------
    releases : sequence of ShortTerm
        The ways in which its synapses facilitate and depress.
    gates : sequence of ((float, float), ShortTerm or None)
        Time constant in ms and share of the receptors that saturate, and what releases the
        transmitter that opens them: less transmitter opens fewer, so that fewer are closed to the
        next spike.
    """

    releases: Sequence[ShortTerm]
    gates: Sequence[Gate]

    def factors(self, release: ShortTerm | None, saturation: Saturation | None) -> str:
        """Return the factor on the strength of a synapse, in Brian2's language."""
        if saturation is not None:
            return f" * opened{self.gates.index((saturation, release))}_pre"
        return "" if release is None else f" * released{self.releases.index(release)}_pre"

    @property
    def equations(self) -> str:
        """Declarations of the variables."""
        names = [f"u{n} : 1\nx{n} : 1\nreleased{n} : 1" for n in range(len(self.releases))]
        names += [f"s{n} : 1\nopened{n} : 1" for n in range(len(self.gates))]
        return "\n".join([*names, "last : second"] if names else [])

    @property
    def reset(self) -> str:
        """What a spike does to them; they relax between spikes."""
        lines: list[str] = []
        for n, release in enumerate(self.releases):
            if release.facilitation:
                lines.append(f"u{n} = use{n} + (u{n} - use{n}) * exp(-(t - last) / tau_f{n})")
                lines.append(f"u{n} += use{n} * (1 - u{n})")
            if release.recovery:
                lines.append(f"x{n} = 1 + (x{n} - 1) * exp(-(t - last) / tau_d{n})")
            relative = f" / first{n}" if release.relative else ""
            lines.append(f"released{n} = u{n} * x{n}{relative}")
            if release.recovery:
                lines.append(f"x{n} -= u{n} * x{n}")
        for n, (_, gate) in enumerate(self.gates):
            share = f"share{n}"
            if gate is not None:
                share = f"clip(share{n} * released{self.releases.index(gate)}, 0, 1)"
            lines.append(f"s{n} = s{n} * exp(-(t - last) / tau_s{n})")
            lines.append(f"opened{n} = {share} * (1 - s{n})")
            lines.append(f"s{n} += opened{n}")
        return "\n".join([*lines, "last = t"] if lines else [])

    @property
    def namespace(self) -> dict[str, Any]:
        """Constants of the reset."""
        found: dict[str, Any] = {}
        for n, release in enumerate(self.releases):
            use = release.use
            first = use + use * (1.0 - use) if release.facilitation else use
            found |= {f"use{n}": use, f"first{n}": first}
            found |= {f"tau_f{n}": release.facilitation * ms, f"tau_d{n}": release.recovery * ms}
        for n, ((tau, share), _) in enumerate(self.gates):
            found |= {f"tau_s{n}": tau * ms, f"share{n}": share}
        return found

    def start(self, group: Any) -> None:
        """Put the variables of a group where they rest."""
        for n, release in enumerate(self.releases):
            setattr(group, f"u{n}", release.use)
            setattr(group, f"x{n}", 1.0)
