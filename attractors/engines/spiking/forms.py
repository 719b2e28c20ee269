"""The spiking form of each dynamics, and what has none.

Register a form for a dynamics of your own::

    @attractors.engines.spiking.form_of.register
    def _(dynamics: MyDynamics, units):
        return Form(winners=units, floor=dynamics.threshold)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

from attractors.circuit import Circuit, Link
from attractors.dynamics import (
    Blocks,
    Dynamics,
    Exponential,
    KWinners,
    Linear,
    Power,
    Rate,
    Sign,
    Softmax,
    Sparsemax,
    Threshold,
)
from attractors.errors import UnsupportedError


@dataclass(frozen=True)
class Form:
    """What the pooled inhibition of a network does, in units of the field.

    Attributes
    ----------
    winners : int
        Most units of a pool that may fire in a cycle.
    floor : float or None
        Least inhibition, the units' threshold; ``None`` for none, so that inhibition may turn
        into excitation until exactly that many units fire.
    entry : float or None
        Field that a unit must exceed before the noise of its temperature counts; ``None`` for
        any.
    pools : int
        Pools of the network, each with a block of its units.
    """

    winners: int
    floor: float | None
    entry: float | None = None
    pools: int = 1


@singledispatch
def form_of(dynamics: Dynamics, units: int) -> Form | None:
    """Return the spiking form of a dynamics, ``None`` for units in continuous rates.

    Parameters
    ----------
    dynamics : Dynamics
        Chooses the function.
    units : int
        Units of the network.

    Raises
    ------
    UnsupportedError
        If it has no spiking form; the message starts after engine and network.
    """
    raise UnsupportedError(
        f"{type(dynamics).__name__} has no spiking form; use KWinners, Blocks, Threshold or Rate, "
        "or engine='rate'."
    )


@form_of.register
def _(dynamics: Sign, units: int) -> Form | None:
    raise UnsupportedError(
        "Sign units have no spiking form, for a rate cannot be -1; use KWinners or Threshold "
        "with 0/1 patterns, or engine='rate'."
    )


@form_of.register
def _(dynamics: Threshold, units: int) -> Form | None:
    _refuse_asynchronous(dynamics)
    return Form(winners=units, floor=dynamics.threshold)


@form_of.register
def _(dynamics: KWinners, units: int) -> Form | None:
    _refuse_asynchronous(dynamics)
    return _competing(dynamics, dynamics.k)


@form_of.register
def _(dynamics: Blocks, units: int) -> Form | None:
    if dynamics.winners == "all":
        raise UnsupportedError(
            "Blocks of which all tied units win have no spiking form, for the pooled inhibition of "
            "a block lets at most one fire; use winners='one', or engine='rate'."
        )
    if dynamics.count == "max":
        raise UnsupportedError(
            "Blocks that count the largest input of a block have no spiking form, for excitation "
            "adds up; use count='sum', or engine='rate'."
        )
    return _competing(dynamics, 1, dynamics.blocks)


@form_of.register
def _(dynamics: Rate, units: int) -> Form | None:
    return None


@form_of.register(Linear)
@form_of.register(Softmax)
@form_of.register(Power)
@form_of.register(Exponential)
@form_of.register(Sparsemax)
def _(dynamics: Dynamics, units: int) -> Form | None:
    raise UnsupportedError(
        f"{type(dynamics).__name__} units answer in graded numbers once a step, which spikes "
        "cannot carry; use KWinners(1) for hidden units and 0/1 patterns, or engine='rate'."
    )


def check_supported(circuit: Circuit) -> None:
    """Raise UnsupportedError, naming network and cure, if the circuit has no spiking form."""
    continuous = {}
    for name, network in circuit.architecture.nodes.items():
        try:
            continuous[name] = form_of(network.dynamics, network.units) is None
        except UnsupportedError as error:
            raise UnsupportedError(f"spiking engine, network {name!r}: {error}") from None
    for link in circuit.links:
        _refuse_synapses(link)
        if continuous[link.source] != continuous[link.target]:
            rate = link.source if continuous[link.source] else link.target
            raise UnsupportedError(
                f"spiking engine, edge {link.name!r}: {rate!r} has Rate units and the other end "
                "spikes; give both ends Rate dynamics, or use engine='rate'."
            )


def _refuse_synapses(link: Link) -> None:
    """Refuse what no spike through a weight can bring about."""
    rule, owner = type(link.synapses.rule).__name__, f"spiking engine, edge {link.name!r}"
    if link.synapses.rule.dual:
        raise UnsupportedError(
            f"{owner}: {rule} makes no weights that spikes could go through; use two networks "
            "joined by Slots(), or engine='rate'."
        )


def _competing(dynamics: KWinners | Blocks, winners: int, pools: int = 1) -> Form:
    if dynamics.temperature > 0:
        # candidates pass the threshold by their own field; noise alone ranks them
        return Form(winners, floor=None, entry=dynamics.threshold, pools=pools)
    return Form(winners, floor=dynamics.threshold, pools=pools)


def _refuse_asynchronous(dynamics: Dynamics) -> None:
    if dynamics.order != "synchronous":
        raise UnsupportedError(
            f"{type(dynamics).__name__} units fire together in every gamma cycle; use "
            "order='synchronous', or engine='rate'."
        )
