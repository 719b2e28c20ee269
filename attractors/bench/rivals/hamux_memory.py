"""Hamux (JAX): a dense memory as energies of neurons and synapses, by automatic gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def prepare(
    queries: NDArray[np.float32], keys: NDArray[Any], values: NDArray[Any], beta: float
) -> Work:
    r"""Return one step down the energy of visible units and softmax hidden units, compiled.

    The energy is :math:`x^2/2 - \log \sum_μ e^{β k_μ x} / β`: a step of length 1 down its
    gradient is softmax(β Q Kᵀ) K. Keys and values are one array in it.
    """
    import hamux
    import jax
    from jax import numpy as jnp

    memory = hamux.HAM(
        neurons={
            "visible": hamux.NeuronLayer(hamux.lagr_identity, queries.shape[1:]),
            "hidden": hamux.NeuronLayer(lambda h: hamux.lagr_softmax(h, beta), (len(keys),)),
        },
        hypersynapses={"stored": hamux.LinearSynapse(jnp.asarray(keys.T))},
        connections=[(("visible", "hidden"), "stored")],
    ).vectorize()

    def step(cues: Any) -> Any:
        states = {"visible": cues, "hidden": jnp.zeros((len(cues), len(keys)))}
        # hidden units have no inertia: they take their field, then the visible units follow
        for layer in ("hidden", "visible"):
            slope = memory.dEdact(memory.activations(states), states)
            states = {**states, layer: states[layer] - slope[layer]}
        return states["visible"]

    cues = jnp.asarray(queries)
    compiled = jax.jit(step)
    return lambda: np.asarray(compiled(cues))


RIVAL = Rival("hamux", "two layers, one step (JAX)", prepare)
