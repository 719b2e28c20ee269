"""The update of a dynamics, chosen by its type.

Register a function for a dynamics of your own::

    @attractors.engines.rate.update.register
    def _(dynamics: MyDynamics, field, state, uniform):
        return new_state, None
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from numpy.typing import NDArray

from attractors.dynamics import Dynamics
from attractors.errors import UnsupportedError

Updated = tuple[NDArray[Any], NDArray[Any] | None]


@singledispatch
def update(
    dynamics: Dynamics, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    """Return the new state of all units and how many ties each trial met.

    Parameters
    ----------
    dynamics : Dynamics
        Chooses the function.
    field : (B, N)
        Field of each unit.
    state : (B, N)
        State before the update.
    uniform : (B, N) or None
        Uniform random numbers, where the temperature is above 0.

    Returns
    -------
    state : (B, N)
        New state. For dynamics with a time constant, what the state relaxes to.
    tied : (B,) bool or int, or None
        Ties that had to be broken by trial; ``None`` where there are no ties.

    Raises
    ------
    UnsupportedError
        If no function is registered for the dynamics.
    """
    raise UnsupportedError(
        f"The rate engine knows no update for {type(dynamics).__name__}; register a function with "
        "@attractors.engines.rate.update.register."
    )
