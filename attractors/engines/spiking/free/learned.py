"""The weights that plastic edges have at the end of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import room
from attractors.circuit import Link
from attractors.recording import Recording, labelled

# of a synapse with its weight, ends, places in the queues of both pathways, and, where delays
# differ, traces and delay: 32 to 69 were measured, see the documentation on plasticity
BYTES = 72
# of the recorded weights
KIND = np.float32


def require_room(plastic: Mapping[str, int], links: Sequence[Link], trials: int, side: int) -> None:
    """Refuse plastic synapses that would not fit in memory, with the weights to be recorded.

    Parameters
    ----------
    plastic : mapping of str to int
        Synapses of a trial that may change, by edge.
    links : sequence of Link
        All edges.
    trials : int
        In all.
    side : int
        Trials side by side, each with weights of its own.
    """
    cells = sum(int(np.prod(link.synapses.shape)) for link in links if link.name in plastic)
    size = BYTES * sum(plastic.values()) * side + KIND().itemsize * cells * trials
    cure = "run fewer trials at once, or lower candidates of the plasticity"
    room.require(f"Plastic synapses of {', '.join(map(repr, plastic))}", size, cure)


def with_weights(recording: Recording, learned: Mapping[str, NDArray[Any]]) -> Recording:
    """Return a recording that holds learned weights (trial, post, pre) by edge besides."""
    dataset = recording.dataset
    for name, weights in learned.items():
        short = name.replace("/", ".")
        dims = ("trial", f"post_{short}", f"pre_{short}")
        array = labelled("weights", name, weights, dims, "raw weight")
        array.attrs["edge"] = name
        dataset = dataset.assign({str(array.name): array})
    return Recording(dataset)


def together(parts: Sequence[Mapping[str, NDArray[Any]]], trials: int) -> dict[str, NDArray[Any]]:
    """Return the weights of all trials by edge, from those of chunks in order."""
    return {name: np.concatenate([part[name] for part in parts])[:trials] for name in parts[0]}
