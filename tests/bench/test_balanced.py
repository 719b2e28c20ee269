"""The balanced network of the bench: what both sides are made of."""

import numpy as np

from attractors.bench.balanced import Balanced


def test_every_unit_has_the_declared_inputs():
    balanced = Balanced.random(80, 10, 4)
    assert len(balanced.excitatory) == 4
    for matrix, other in zip(balanced.excitatory, balanced.inhibitory, strict=True):
        assert matrix.shape == (20, 16)
        assert other.shape == (20, 4)
        assert (matrix.sum(axis=1) == 8).all()
        assert (other.sum(axis=1) == 2).all()
    assert balanced.synapses == 80 * 10


def test_the_circuit_has_the_synapses_that_were_drawn():
    balanced = Balanced.random(40, 10)
    links = {link.name: link.synapses.toarray() != 0 for link in balanced.circuit.links}
    assert np.array_equal(np.vstack([links["E0"], links["E0->I0"]]), balanced.excitatory[0])
    assert np.array_equal(np.vstack([links["I0-|E0"], links["I0-|I0"]]), balanced.inhibitory[0])


def test_outside_drive_holds_a_unit_at_twice_its_threshold():
    balanced = Balanced.random(40, 10)
    # mean of pulses: rate x height x membrane time constant of 20 ms
    assert np.isclose(balanced.outside * balanced.pulse * 0.020, 2 * 20.0)
