"""Why a network of free-running units would not do what it is meant to."""

from __future__ import annotations

from attractors.engines.spiking.expected import ExpectedNetwork
from attractors.engines.spiking.free.expected import MeanField, swamped
from attractors.engines.spiking.free.response import DECAYS, membrane

# Hz; cortical units that hold a memory fire at some ten Hz
FASTEST, BUSIEST = 200.0, 10.0
# shortest time constants in a time step
FINEST = 10.0
# shares of a pattern that go unnoticed
TOLERATED = 0.05


def concerns(state: MeanField, row: ExpectedNetwork, interval: float) -> list[str]:
    """Return warnings about one network.

    Parameters
    ----------
    state : MeanField
        The network.
    row : ExpectedNetwork
        What is expected of it.
    interval : float
        Time step in ms.
    """
    owner = f"network {state.member.name!r}"
    found = [*_coarse(state, owner, interval), *_lively(state, row, owner)]
    if state.member.scale == "physical":
        return found
    if not state.share:
        return [_lost(state, owner), *found]
    return [*_crosstalk(state, owner), *found]


def _lost(state: MeanField, owner: str) -> str:
    member, on = state.member, 1.0 if state.fields is None else float(state.fields.on.mean())
    drive, needed = state.drive(on, 1.0), member.neurons.rheobase
    text = f"{owner} has no on-state that lasts: "
    if drive <= needed:
        return text + (
            f"at its on-rate its units get {drive:.1f} mV and fire from {needed:.1f} mV; raise the "
            "gain, or lower threshold, inhibition or adaptation."
        )
    return text + (
        f"no rate holds itself (at {member.neurons.on_rate:g} Hz its units are driven by "
        f"{drive:.1f} mV, for {state.held(1.0):.0f} Hz); raise the gain."
    )


def _crosstalk(state: MeanField, owner: str) -> list[str]:
    wrong, missing = swamped(state)
    found = []
    if state.fields is not None and wrong > TOLERATED * state.fields.active:
        found.append(
            f"{owner}: crosstalk reaches the margin: in a stored pattern of "
            f"{state.fields.active:.0f} units, {wrong:.1f} others fire; store less, or raise the "
            "inhibition."
        )
    if state.fields is not None and missing > TOLERATED * state.fields.active:
        found.append(
            f"{owner}: in a stored pattern of {state.fields.active:.0f} units, {missing:.1f} are "
            "driven too weakly to fire; store less, raise the gain or lower the inhibition."
        )
    return found


def _lively(state: MeanField, row: ExpectedNetwork, owner: str) -> list[str]:
    found = []
    if row.rate_on > FASTEST:
        found.append(
            f"{owner} would fire at {row.rate_on:.0f} Hz in its on-state; lower the gain or raise "
            "the inhibition."
        )
    if row.rate_rest > BUSIEST:
        found.append(
            f"{owner} would fire at {row.rate_rest:.0f} Hz without any input; lower bias, noise or "
            "background."
        )
    if row.rate_off > BUSIEST and row.rate_on > 0:
        found.append(
            f"{owner}: inactive units would fire at {row.rate_off:.0f} Hz in the on-state; lower "
            "noise or background, or raise the inhibition."
        )
    return found


def _coarse(state: MeanField, owner: str, interval: float) -> list[str]:
    neurons = state.member.neurons
    values = neurons.describe()
    used = {name: values.get(name, 0.0) for name in {*DECAYS.values(), "rise"}}
    if not values.get("ampa", 1.0) or values.get("nmda_share") == 1.0:
        used["tau_ampa"] = 0.0
    used["membrane"] = membrane(neurons)
    name, least = min(((n, t) for n, t in used.items() if t), key=lambda item: item[1])
    if interval <= least / FINEST + 1e-9:
        return []
    return [
        f"{owner}: dt {interval:g} ms is coarse for {name} {least:g} ms; use at most "
        f"{least / FINEST:g} ms."
    ]
