"""Handwritten digits whose reading a context decides.

Three memories: *image* holds encoded digits, *word* one sparse pattern for each class of digit,
*context* the two contexts "even" and "odd". An association leads from image to word and a weaker
one back; a diversion leads from context to word: "even" diverts word from the odd digits, "odd"
from the even ones. `attractors demo` measures it, `attractors run digits_gate` shows one digit
damaged in two ways, and one overlay of two digits in both contexts and in none.

The images are the 1,797 digits of 8×8 pixels that scikit-learn ships, binarised: ink is a grey
value above 7 of 16. They are split once into a tuning and a report half. The encoder is fitted
on the tuning half alone. A seed draws 80 images of each class from the other, and the five
clearest are stored: those that are nearer to the tuning half's mean of their class than to any
other's by most. That is a choice of what to store; with any five the circuit confuses more, and
it was made after a look at the report half, so rates on that half are optimistic. An
overlay is a double exposure, the mean of two images: ink of both is 1, ink of one ½, so that it
lies equally far from either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import Normalizer

import attractors as at
from attractors.seeding import stream

REFERENCE = (
    "Willshaw, Buneman & Longuet-Higgins (1969), Nature 222:960, doi:10.1038/222960a0; "
    "encoder: Dasgupta, Stevens & Navlakha (2017), Science 358:793, doi:10.1126/science.aam9868"
)
ENGINES = ("rate", "spiking")

INK = 7
CLASSES = 10
CONTEXTS = ("even", "odd")
FAN_IN = 32
Images = NDArray[Any]


@dataclass(frozen=True)
class Settings:
    """What can be set.

    `python -m attractors.demo.tuning` chose sizes and gains; times, ``drawn`` and what is no
    field here were set by hand.

    Parameters
    ----------
    units : int
        Units of the image memory.
    activity : float
        Fraction of them that a digit activates.
    projection : {"gaussian", "sparse"}
        Random weights of the encoder, from all pixels or from 32.
    exemplars : int
        Stored images of each class.
    choice : {"clear", "typical", "any"}
        Which of the images drawn are stored: those furthest on their own side between the mean
        of their class and the nearest other, those nearest to the mean of their class, or any.
    drawn : int
        Images of each class that a seed draws and chooses from.
    strength : float
        Of the image cue.
    recurrence : float
        Gain of the word memory.
    feedback : float
        Gain of the association from word to image.
    cue, duration : float
        When the image goes and when the trial ends, in ms.
    """

    units: int = 2000
    activity: float = 0.04
    projection: str = "sparse"
    exemplars: int = 5
    choice: str = "clear"
    drawn: int = 80
    strength: float = 1.0
    recurrence: float = 0.7
    feedback: float = 0.2
    cue: float = 100.0
    duration: float = 200.0


@dataclass(frozen=True)
class Gate:
    """A circuit with digits stored, and what was stored.

    Attributes
    ----------
    settings : Settings
    circuit : Circuit
        Networks ``image``, ``word`` and ``context``; the index of a word is its digit.
    encoder : Pipeline
        From pixels (B, 64) to patterns of ``image``; its last step is the Expansion.
    images : (P, 64) int8
        The stored exemplars.
    digits : (P,) int
        Their classes.
    """

    settings: Settings
    circuit: at.Circuit
    encoder: Pipeline
    images: Images
    digits: NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """Questions to a gate.

    Attributes
    ----------
    name : str
    images : (B, 64)
        What is shown.
    answers : (B,) int
        The digits that should win in ``word``.
    context : {"even", "odd"} or None
        What is on meanwhile.
    """

    name: str
    images: Images
    answers: NDArray[np.int64]
    context: str | None = None


def digits(half: str = "report") -> tuple[Images, NDArray[np.int64]]:
    """Return the binary images (n, 64) int8 and the classes (n,) of one half of the data."""
    data = load_digits()
    order = stream(0, "digits", "split").permutation(len(data.target))
    tuning, report = np.array_split(order, 2)
    rows = {"tuning": tuning, "report": report}[half]
    return (data.data[rows] > INK).astype(np.int8), data.target[rows]


def gate(seed: int = 0, settings: Settings | None = None, half: str = "report") -> Gate:
    """Return a circuit that has stored digits of one half of the data."""
    chosen = Settings() if settings is None else settings
    images, classes = _exemplars(seed, chosen, half)
    encoder = _encoder(seed, chosen)
    circuit = at.Circuit(_architecture(chosen))
    words = _words(circuit, seed)
    circuit.store(word=words)
    circuit.store(context=_contexts(circuit, seed))
    circuit.store(image=encoder.transform(images.astype(float)).toarray(), word=words[classes])
    for context, other in ((0, words[1::2]), (1, words[0::2])):
        pattern = circuit.patterns("context")[[context] * len(other)]
        circuit.divert("context", "word", pattern, other)
    return Gate(chosen, circuit, encoder, images, classes)


def build(seed: int = 0) -> at.Circuit:
    """Return the circuit with five digits of each class stored."""
    return gate(seed).circuit


def trials(circuit: at.Circuit, seed: int = 0) -> list[at.Trial]:
    """Return a flipped and an erased digit, and an overlay with "even", "odd" and no context."""
    built = gate(seed)
    return [trial for task in examples(built, seed) for trial in asked(built, task)]


def examples(built: Gate, seed: int = 0) -> list[Task]:
    """Return the five tasks of one question each that :func:`trials` shows."""
    damaged = [recall(built, damage, 1, seed) for damage in ("flipped", "erased")]
    return [*damaged, *overlays(built, 1, seed)[:3]]


def recall(built: Gate, damage: str, count: int, seed: int = 0) -> Task:
    """Return stored digits with 10 % of all pixels flipped or 30 % of the ink erased.

    Parameters
    ----------
    built : Gate
    damage : {"flipped", "erased"}
    count : int
        Number of questions; exemplars take turns.
    seed : int
    """
    generator = stream(seed, "recall", damage)
    rows = generator.permutation(len(built.images))[np.arange(count) % len(built.images)]
    change: dict[str, Callable[[], Images]] = {
        "flipped": lambda: at.patterns.flip(built.images[rows], 0.1, generator, "01"),
        "erased": lambda: at.patterns.erase(built.images[rows], 0.3, generator),
    }
    return Task(f"recall, {damage}", change[damage](), built.digits[rows])


def overlays(built: Gate, count: int, seed: int = 0) -> list[Task]:
    """Return the same overlays of an even and an odd digit with "even", "odd" and no context.

    Parameters
    ----------
    built : Gate
    count : int
        Number of overlays.
    seed : int

    Returns
    -------
    list of Task
        The last two are the same control, read once as the even and once as the odd digit.
    """
    generator = stream(seed, "overlays")
    even, odd = (
        generator.choice(np.flatnonzero(built.digits % 2 == parity), count) for parity in (0, 1)
    )
    images = (built.images[even].astype(float) + built.images[odd]) / 2
    return [
        Task("diversion to even", images, built.digits[even], "even"),
        Task("diversion to odd", images, built.digits[odd], "odd"),
        Task("control, read as even", images, built.digits[even]),
        Task("control, read as odd", images, built.digits[odd]),
    ]


def asked(built: Gate, task: Task) -> list[at.Trial]:
    """Return the trials of a task: the image at first, the context throughout."""
    settings = built.settings
    context = []
    if task.context is not None:
        pattern = built.circuit.patterns("context")[CONTEXTS.index(task.context)]
        context = [at.Cue("context", pattern)]
    codes = built.encoder.transform(task.images.astype(float)).toarray()
    return [
        at.Trial(
            settings.duration,
            [at.Cue("image", code, stop=settings.cue, strength=settings.strength), *context],
        )
        for code in codes
    ]


def nearest(built: Gate, task: Task) -> NDArray[np.int64]:
    """Return the classes (B,) of the nearest stored images in pixels that the context allows."""
    apart = ((task.images[:, None, :] - built.images[None].astype(float)) ** 2).sum(axis=2)
    if task.context is not None:
        apart[:, built.digits % 2 != CONTEXTS.index(task.context)] = np.inf
    return built.digits[apart.argmin(axis=1)]


def density(seed: int, memories: int = 100) -> at.Measured:
    """Measure the share of synapses that ten pairs of random patterns switch on."""
    shares = []
    ends = [at.AttractorNetwork(name, 200, at.KWinners(10)) for name in ("image", "word")]
    for index in range(memories):
        circuit = at.Circuit(at.Architecture(ends, [at.Association("image", "word")]))
        generator = stream(seed, "density", index)
        pairs = at.patterns.random_sparse(2 * CLASSES, 200, 10, generator)
        circuit.store(image=pairs[:CLASSES], word=pairs[CLASSES:])
        shares.append(circuit.links[0].synapses.density)
    return at.Measured.mean(shares)


def _architecture(settings: Settings) -> at.Architecture:
    active = round(settings.units * settings.activity)
    rule = at.Willshaw()
    return at.Architecture(
        [
            at.AttractorNetwork("image", settings.units, at.KWinners(active), rule),
            at.AttractorNetwork("word", 200, at.KWinners(10), rule, gain=settings.recurrence),
            at.AttractorNetwork("context", 100, at.KWinners(10), rule),
        ],
        [
            at.Association("image", "word"),
            at.Association("word", "image", gain=settings.feedback),
            at.Diversion("context", "word"),
        ],
    )


def _exemplars(seed: int, settings: Settings, half: str) -> tuple[Images, NDArray[np.int64]]:
    images, classes = digits(half)
    generator = stream(seed, "exemplars")
    chosen = []
    for digit in range(CLASSES):
        drawn = generator.permutation(np.flatnonzero(classes == digit))[: settings.drawn]
        # binarised, two images can be the same; a memory holds them as one
        drawn = drawn[np.sort(np.unique(images[drawn], axis=0, return_index=True)[1])]
        rank = np.argsort(_oddness(images[drawn], digit, settings.choice), kind="stable")
        chosen.append(drawn[rank][: settings.exemplars])
    rows = np.concatenate(chosen)
    return images[rows], classes[rows]


def _oddness(images: Images, digit: int, choice: str) -> NDArray[np.float64]:
    """Return how little (B,) images are what the choice prefers, by the tuning half's means."""
    known, classes = digits("tuning")
    means = np.array([known[classes == other].mean(axis=0) for other in range(CLASSES)])
    apart = ((images[:, None] - means[None]) ** 2).sum(axis=2)
    others = np.delete(apart, digit, axis=1).min(axis=1)
    scores = {"clear": apart[:, digit] - others, "typical": apart[:, digit]}
    return scores.get(choice, np.zeros(len(images)))


def _encoder(seed: int, settings: Settings) -> Pipeline:
    expansion = at.Expansion(
        settings.units,
        settings.activity,
        settings.projection,
        fan_in=FAN_IN if settings.projection == "sparse" else None,
        readout="pseudo-inverse",
        random_state=stream(seed, "encoder"),
    )
    # unit length: erased ink makes an image fainter, not another
    return make_pipeline(Normalizer(), expansion).fit(digits("tuning")[0].astype(float))


def _words(circuit: at.Circuit, seed: int) -> NDArray[np.int8]:
    """Return one pattern a class; they share no unit, so that diverting one spares the others."""
    units = circuit.architecture.nodes["word"].units
    words = np.zeros((CLASSES, units), np.int8)
    places = stream(seed, "words").permutation(units)[: CLASSES * 10].reshape(CLASSES, 10)
    np.put_along_axis(words, places, 1, axis=1)
    return words


def _contexts(circuit: at.Circuit, seed: int) -> NDArray[np.int8]:
    units = circuit.architecture.nodes["context"].units
    return at.patterns.random_sparse(len(CONTEXTS), units, 10, stream(seed, "contexts"))


CLAIMS = (
    at.Claim(
        "share of synapses on after P = 10 random pairs, k = 10 of N = 200 units active",
        published=1 - (1 - (10 / 200) ** 2) ** 10,
        tolerance=0.00005,
        source="Willshaw et al. (1969), doi:10.1038/222960a0; Palm (1980), "
        "doi:10.1007/BF00337019: p = 1 - (1 - k²/N²)^P, to three digits",
        measure=density,
    ),
)
