"""Checks of what is declared on the spiking engine, on its own and against a circuit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import TYPE_CHECKING, Any

from attractors import checks
from attractors.circuit import Circuit
from attractors.dynamics import Dynamics, Threshold
from attractors.engines.spiking.edge_checks import check_edge
from attractors.engines.spiking.forms import form_of
from attractors.engines.spiking.neurons import SCALES, Neurons, Pooled, Transmission
from attractors.engines.spiking.plasticity.checking import check_plastic
from attractors.errors import ParameterError, UnsupportedError, unknown_name

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

FEWEST_ROUNDS = 30
TARGETS = ("numpy", "cython", "cpp_standalone")
OWNER = "SpikingEngine"
# options that mean nothing in the gamma rhythm, whose cycle is window and delay
FREE_ONLY = ("inhibition", "transmission", "scale", "axon", "window")


def check_declared(engine: SpikingEngine) -> None:
    """Raise ParameterError or UnknownNameError if a value is not allowed."""
    for key in ("step", "interval", "rate_dt", "axon", "window"):
        checks.real(OWNER, _spelt(key), getattr(engine, key), low=0.0, open=True)
    checks.whole(OWNER, "synapses_at_once", engine.synapses_at_once)
    checks.whole(OWNER, "workers", engine.workers)
    checks.choice(OWNER, "scale", engine.scale, SCALES)
    if engine.target is not None:
        checks.choice(OWNER, "target", engine.target, TARGETS)
    _check_presets(engine)
    if not engine.free:
        _check_free_only(engine)
    part = engine.step if engine.free else engine.step / 10.0
    for key, whole in (("interval", part), ("rate_dt", engine.step)):
        _check_divides(_spelt(key), getattr(engine, key), whole)
    if engine.free:
        _check_divides("step", engine.step, engine.window)
        _check_divides("dt", engine.interval, engine.axon)
    elif 0.8 * engine.step / engine.interval < FEWEST_ROUNDS:
        raise ParameterError(
            f"{OWNER}: dt {engine.interval:g} ms is too coarse for a step of {engine.step:g} ms; "
            f"use at most {engine.step / 40:g} ms."
        )


def check_free(engine: SpikingEngine, circuit: Circuit) -> None:
    """Raise UnsupportedError or UnknownNameError if units that run freely cannot do a circuit."""
    nodes = circuit.architecture.nodes
    if not isinstance(engine.neurons, Neurons):
        for name in engine.neurons or {}:
            if name not in nodes:
                raise unknown_name("network (of neurons)", name, nodes)
    links = {link.name: link for link in circuit.links}
    for name in engine.transmission:
        if name not in links:
            raise unknown_name("edge (of transmission)", name, links)
    for name, network in nodes.items():
        try:
            _check_dynamics(network.dynamics, network.units, engine)
            _check_physical(network.dynamics, network.units, engine)
            _check_depression(network.dynamics, engine.neurons_of(name))
        except UnsupportedError as error:
            raise UnsupportedError(f"spiking engine, network {name!r}: {error}") from None
    for link in circuit.links:
        check_edge(engine, circuit, link)
        learning = engine.transmission_of(link.name).plasticity
        if learning is not None:
            check_plastic(circuit, link, learning)


def _check_presets(engine: SpikingEngine) -> None:
    declared = engine.neurons
    presets = list(declared.values()) if isinstance(declared, Mapping) else [declared]
    for preset in presets:
        if preset is not None and not isinstance(preset, Neurons):
            raise ParameterError(
                f"{OWNER}: neurons is {preset!r}; give an instance, e.g. CurrentLIF(), or a "
                "mapping from networks to instances."
            )
    if not isinstance(engine.inhibition, Pooled):
        raise ParameterError(
            f"{OWNER}: inhibition is {engine.inhibition!r}; give Pooled() or Interneurons()."
        )
    for edge, way in engine.transmission.items():
        if not isinstance(way, Transmission):
            raise ParameterError(
                f"{OWNER}: transmission of {edge!r} is {way!r}; write Transmission(delay=...)."
            )


def _check_free_only(engine: SpikingEngine) -> None:
    """Refuse, where units share a rhythm, what would have no effect on them."""
    given = [
        entry.name
        for entry in fields(engine)
        if entry.name in FREE_ONLY and getattr(engine, entry.name) != _default(entry)
    ]
    if given:
        raise ParameterError(
            f"{OWNER}: {given[0]} is {getattr(engine, given[0])!r}, but only units that run freely "
            "have it; give neurons, e.g. CurrentLIF(), too."
        )


def _default(entry: Field[Any]) -> Any:
    return entry.default_factory() if callable(entry.default_factory) else entry.default


def _check_divides(key: str, value: float, whole: float) -> None:
    ratio = whole / value
    if abs(round(ratio) - ratio) > 1e-9 * ratio or ratio < 1 - 1e-9:
        raise ParameterError(f"{OWNER}: {key} {value:g} ms must divide {whole:g} ms.")


def _check_dynamics(dynamics: Dynamics, units: int, engine: SpikingEngine) -> None:
    form, kind = form_of(dynamics, units), type(dynamics).__name__
    if form is None:
        raise UnsupportedError(
            f"{kind} units are integrated as rates, not in spikes; leave out neurons, or use "
            "KWinners or Threshold."
        )
    if dynamics.temperature > 0:
        raise UnsupportedError(
            f"{kind} units that run freely have no temperature; use temperature=0 and noise of "
            "the preset, e.g. CurrentLIF(noise=2.0)."
        )
    if form.floor is None:
        raise UnsupportedError(
            f"{kind}(threshold=None) asks that inhibition excite units, which spikes of pooled "
            "inhibition cannot; give a threshold, or leave out neurons."
        )


def _check_physical(dynamics: Dynamics, units: int, engine: SpikingEngine) -> None:
    """Refuse what is written in units of the field where weights are physical."""
    if engine.scale != "physical":
        return
    form, kind = form_of(dynamics, units), type(dynamics).__name__
    if form is None or form.winners < units or form.pools > 1:
        raise UnsupportedError(
            f"{kind} units compete through inhibition that the engine adds, which has no "
            "calibration with scale='physical'; use Threshold() and an inhibitory network."
        )
    if form.floor != Threshold().threshold:
        raise UnsupportedError(
            f"{kind} has a threshold of {form.floor:g} in units of the field, which has no effect "
            "with scale='physical'; leave it out, and set fire_at or bias of the preset."
        )
    if dynamics.adaptation is not None:
        raise UnsupportedError(
            f"{kind} has an adaptation of {dynamics.adaptation.strength:g} in units of the field, "
            "which have no size with scale='physical'; use AdEx(increment=...) there."
        )


def _check_depression(dynamics: Dynamics, neurons: Neurons) -> None:
    """Refuse a depression that uses more than spikes at the on-rate could."""
    found = dynamics.depression
    if found is not None and found.use * found.on_rate > neurons.on_rate * (1.0 + 1e-9):
        raise UnsupportedError(
            f"Depression uses its transmitter {found.use * found.on_rate:g} times a second, spikes "
            f"at {neurons.on_rate:g} Hz all of it {neurons.on_rate:g} times at most; use at most "
            f"use={neurons.on_rate / found.on_rate:g}, or raise on_rate of the preset."
        )


def _spelt(key: str) -> str:
    """Return a field's name as the user writes it."""
    return "dt" if key == "interval" else key
