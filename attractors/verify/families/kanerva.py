"""Kanerva's sparse distributed memory, read once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, Association, AttractorNetwork
from attractors.catalog import Measured
from attractors.circuit import Circuit
from attractors.dynamics import Sign
from attractors.patterns import random_signs
from attractors.rules import HardLocations
from attractors.seeding import stream
from attractors.verify.families.family import Family, whole
from attractors.verify.row import Parameters

Words = NDArray[np.int8]
UNITS, LOCATIONS, MEMORIES, CUES = 256, 20_000, 5, 200
# of the book: bits of a word, hard locations, radius of activation
BITS, BOOK, RADIUS, READS = 1000, 1_000_000, 451, 12


def wrong_bits(parameters: Parameters, seed: int) -> Measured:
    """Measure the wrong bits of independent data words, read at a distance from their addresses."""
    count, distance = whole(parameters, "M"), whole(parameters, "distance")
    found = []
    for number in range(MEMORIES):
        draw = stream(seed, "words", number)
        addresses, words = (random_signs(count, UNITS, draw) for _ in range(2))
        rule = HardLocations(LOCATIONS, whole(parameters, "d"), int(draw.integers(2**31)))
        ends = [AttractorNetwork(name, UNITS, Sign()) for name in ("address", "word")]
        circuit = Circuit(Architecture(tuple(ends), (Association("address", "word", rule),)))
        circuit.store(address=addresses, word=words)
        cues = _moved(addresses[:CUES], distance, draw)
        found.append(float(_distance(circuit, cues, words[:CUES]).mean()))
    return Measured.mean(found)


def moved(parameters: Parameters, seed: int) -> Measured:
    """Measure how far from its word a cue is after one read, in the memory of the book."""
    draw = stream(seed, "words")
    words = random_signs(whole(parameters, "M"), BITS, draw)
    network = AttractorNetwork("word", BITS, Sign(), HardLocations(BOOK, RADIUS, seed))
    circuit = Circuit(Architecture((network,)))
    circuit.store(word=words)
    cues = _moved(words[:READS], whole(parameters, "distance"), draw)
    return Measured.mean(_distance(circuit, cues, words[:READS]).tolist())


def _moved(words: Words, distance: int, draw: np.random.Generator) -> Words:
    """Return words with as many bits flipped in each."""
    cues = words.copy()
    for cue in cues:
        cue[draw.permutation(cue.size)[:distance]] *= -1
    return cues


def _distance(circuit: Circuit, cues: Words, words: Words) -> NDArray[np.float64]:
    """Return the wrong bits of each answer; a sum of 0 decides nothing, half of those are wrong."""
    answers = np.sign(circuit.links[0].synapses.field(cues.astype(float)))
    return np.asarray(((1 - answers * words) / 2).sum(axis=1), float)


FAMILIES = (Family("sdmsim", wrong_bits), Family("kan", moved, slow=True))
