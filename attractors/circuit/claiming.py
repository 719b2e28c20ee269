"""Hidden units that stored patterns claim for themselves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, Association
from attractors.rules.slots import claimed


def claims(
    architecture: Architecture,
    checked: Mapping[str, NDArray[np.int8]],
    used: Mapping[str, int],
) -> dict[str, NDArray[np.int8]]:
    """Return the patterns that hidden networks get by what is stored at the other end.

    Parameters
    ----------
    architecture : Architecture
        Whose associations may claim.
    checked : mapping of str to (P, N)
        Patterns about to be stored, by network.
    used : mapping of str to int
        Units claimed before, by hidden network.

    Returns
    -------
    dict of str to (P, n_hidden) int8
        One active unit a row: the next that is free.

    Raises
    ------
    PatternError
        If a hidden network is full.
    """
    found: dict[str, NDArray[np.int8]] = {}
    for edge in architecture.links.values():
        if not isinstance(edge, Association) or not architecture.rule_of(edge).claims:
            continue
        missing = {edge.source, edge.target} - checked.keys()
        for hidden in missing if len(missing) == 1 else ():
            (given,) = {edge.source, edge.target} - missing
            units, rows = architecture.nodes[hidden].units, checked[given].shape[0]
            found[hidden] = claimed(used.get(hidden, 0), units, rows, f"network {hidden!r}")
    return found


def taken(
    architecture: Architecture,
    stored: Mapping[str, NDArray[np.int8]],
    used: Mapping[str, int],
) -> dict[str, int]:
    """Return how many hidden units are claimed once patterns are stored, by network.

    Patterns of one active unit each that were given for a hidden network take their units too:
    the next claim begins behind the last of them. Parameters are those of :func:`claims`.
    """
    found: dict[str, int] = {}
    for edge in architecture.links.values():
        if not isinstance(edge, Association) or not architecture.rule_of(edge).claims:
            continue
        for name in {edge.source, edge.target} & stored.keys():
            active = np.asarray((stored[name] > 0).sum(axis=1)).ravel()
            other = (edge.source, edge.target)[edge.source == name]
            if other in stored and (active == 1).all():
                last = int(stored[name].argmax(axis=1).max())
                found[name] = max(used.get(name, 0), last + 1)
    return found
