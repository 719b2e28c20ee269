"""Checks of an edge between units that run freely, before anything is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attractors.circuit import Circuit, Link
from attractors.engines.spiking.neurons import Conductance, CurrentLIF
from attractors.errors import TrialError, UnsupportedError
from attractors.schedule import whole_steps

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine


def check_edge(engine: SpikingEngine, circuit: Circuit, link: Link) -> None:
    """Raise an error, naming edge and cure, if units that run freely cannot have an edge."""
    owner = f"spiking engine, edge {link.name!r}"
    if link.fade > 0:
        raise UnsupportedError(
            f"{owner}: synapses of units that run freely fade by their own time constants; set "
            "fade=0, or leave out neurons."
        )
    if link.synapses.rule.dual or link.synapses.bias is not None:
        raise UnsupportedError(
            f"{owner}: units that run freely have no form of {type(link.synapses.rule).__name__} "
            "(dual or with a bias); use another rule, or engine='rate'."
        )
    _check_receptors(engine, link, owner)
    _check_delays(engine, circuit, link, owner)


def _check_receptors(engine: SpikingEngine, link: Link, owner: str) -> None:
    target = engine.neurons_of(link.target)
    if link.kind == "divisive" and isinstance(target, CurrentLIF) and not target.tau_e:
        raise UnsupportedError(
            f"{owner}: pulses (tau_e=0) leave no current to divide; use tau_e above 0, or another "
            "mode."
        )
    excites = link.kind in ("recurrent", "association")
    if excites and isinstance(target, Conductance) and link.synapses.rule.signed:
        lowest = link.synapses.triples()[2].min(initial=0.0)
        if lowest < 0:
            raise UnsupportedError(
                f"{owner}: a weight of {lowest:g} would be a negative conductance, which does not "
                "inhibit; use a rule without negative weights and a Diversion, or CurrentLIF()."
            )


def _check_delays(engine: SpikingEngine, circuit: Circuit, link: Link, owner: str) -> None:
    chosen = engine.transmission_of(link.name)
    low, high = chosen.delays or (link.delay or engine.axon, link.delay or engine.axon)
    if low == high:
        whole_steps(f"The delay of {link.name!r}", low, engine.interval)
    if low < engine.interval - 1e-9:
        raise TrialError(
            f"{owner}: a delay of {low:g} ms is below dt; use at least {engine.interval:g} ms."
        )
    # what a spike releases is kept at its source until the next one
    source, target = engine.neurons_of(link.source), engine.neurons_of(link.target)
    depressed = circuit.architecture.nodes[link.source].dynamics.depression is not None
    saturates = target.saturation is not None and link.kind in ("recurrent", "association")
    kept = depressed or chosen.short_term is not None or saturates
    refractory = float(getattr(source, "refractory", 0.0))
    if kept and high > max(refractory, engine.interval) + 1e-9:
        what = "NMDA receptors" if saturates else "synapses that facilitate or depress"
        raise UnsupportedError(
            f"{owner}: with {what}, a delay of {high:g} ms must not exceed the refractory period "
            f"of {link.source!r}, {refractory:g} ms: its next spike would take the place of this."
        )
