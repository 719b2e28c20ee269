"""The spiking form of each dynamics, and what has none.

Register a form for a dynamics of your own::

    @attractors.engines.spiking.form_of.register
    def _(dynamics: MyDynamics, units):
        return Form(winners=units, floor=dynamics.threshold)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

from attractors.circuit import Circuit
from attractors.dynamics import Dynamics, KWinners, Rate, Sign, Threshold
from attractors.errors import UnsupportedError


@dataclass(frozen=True)
class Form:
    """What the pooled inhibition of a network does, in units of the field.

    Attributes
    ----------
    winners : int
        Most units that may fire in a cycle.
    floor : float or None
        Least inhibition, the units' threshold; ``None`` for none, so that inhibition may turn
        into excitation until exactly that many units fire.
    entry : float or None
        Field that a unit must exceed before the noise of its temperature counts; ``None`` for
        any.
    """

    winners: int
    floor: float | None
    entry: float | None = None


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
        f"{type(dynamics).__name__} has no spiking form; use KWinners, Threshold or Rate, or "
        "engine='rate'."
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
    if dynamics.temperature > 0:
        # candidates pass the threshold by their own field; noise alone ranks them
        return Form(winners=dynamics.k, floor=None, entry=dynamics.threshold)
    return Form(winners=dynamics.k, floor=dynamics.threshold)


@form_of.register
def _(dynamics: Rate, units: int) -> Form | None:
    return None


def check_supported(circuit: Circuit) -> None:
    """Raise UnsupportedError, naming network and cure, if the circuit has no spiking form."""
    continuous = {}
    for name, network in circuit.architecture.nodes.items():
        try:
            continuous[name] = form_of(network.dynamics, network.units) is None
        except UnsupportedError as error:
            raise UnsupportedError(f"spiking engine, network {name!r}: {error}") from None
    for link in circuit.links:
        if link.fade > 0:
            raise UnsupportedError(
                f"spiking engine, edge {link.name!r}: its pulse synapses are read once a cycle and "
                "keep no trace; set fade=0, or use engine='rate'."
            )
        if continuous[link.source] != continuous[link.target]:
            rate = link.source if continuous[link.source] else link.target
            raise UnsupportedError(
                f"spiking engine, edge {link.name!r}: {rate!r} has Rate units and the other end "
                "spikes; give both ends Rate dynamics, or use engine='rate'."
            )


def _refuse_asynchronous(dynamics: Dynamics) -> None:
    if dynamics.order != "synchronous":
        raise UnsupportedError(
            f"{type(dynamics).__name__} units fire together in every gamma cycle; use "
            "order='synchronous', or engine='rate'."
        )
