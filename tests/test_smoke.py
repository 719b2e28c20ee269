"""One look at every layer, short enough to run on every supported Python."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

import attractors as at

pytestmark = pytest.mark.smoke


@pytest.fixture
def circuit(rng: np.random.Generator) -> at.Circuit:
    """An image memory, a word memory, and a context that diverts the words."""
    brain = at.Architecture(
        networks=[
            at.AttractorNetwork("image", 400, at.KWinners(20), at.Willshaw()),
            at.AttractorNetwork("word", 200, at.KWinners(10), at.Willshaw()),
            at.AttractorNetwork("context", 100, at.KWinners(10), at.Willshaw()),
        ],
        edges=[at.Association("image", "word"), at.Diversion("context", "word")],
    )
    circuit = at.Circuit(brain)
    words = at.patterns.random_sparse(2, 200, 10, rng)
    contexts = at.patterns.random_sparse(2, 100, 10, rng)
    circuit.store(image=at.patterns.random_sparse(2, 400, 20, rng), word=words)
    circuit.store(context=contexts)
    circuit.divert("context", "word", contexts, words)
    return circuit


def diverted(circuit: at.Circuit, engine: str) -> at.Recording:
    """Both images at once, under the first context and under the second."""
    overlay = circuit.patterns("image").max(axis=0)
    cues = {"image": np.stack([overlay, overlay]), "context": circuit.patterns("context")}
    return at.simulate(circuit, at.Trial.batch(300.0, cues), engine=engine, seed=0)


@pytest.mark.parametrize("engine", ["rate", "spiking"])
def test_image_recalls_its_word(circuit: at.Circuit, engine: str) -> None:
    trials = at.Trial.batch(300.0, {"image": circuit.patterns("image")}, stop=100.0)
    recording = at.simulate(circuit, trials, engine=engine, seed=0)
    assert recording.winner("word").tolist() == [0, 1]


@pytest.mark.parametrize("engine", ["rate", "spiking"])
def test_context_diverts_to_the_other_word(circuit: at.Circuit, engine: str) -> None:
    assert diverted(circuit, engine).winner("word").tolist() == [1, 0]


def test_recording_is_saved_and_read_back_equal(circuit: at.Circuit, tmp_path: Path) -> None:
    recording = diverted(circuit, "rate")
    at.save(recording, tmp_path / "recording.nc")
    assert at.load(tmp_path / "recording.nc").dataset.identical(recording.dataset)


def test_architecture_survives_json(circuit: at.Circuit) -> None:
    architecture = circuit.architecture
    assert at.Architecture.from_json(architecture.to_json()) == architecture


def test_encoder_gives_the_activity_it_was_asked_for(rng: np.random.Generator) -> None:
    codes = at.Expansion(units=400, activity=0.05).fit_transform(rng.normal(size=(20, 16)))
    assert set(np.asarray(codes.sum(axis=1)).ravel()) == {20}


def test_installed_version_is_the_packages() -> None:
    assert metadata.version("attractor-networks") == at.__version__


@pytest.mark.parametrize("arguments", [["--help"], ["models"], ["run", "hopfield"]])
def test_command_runs(arguments: list[str], tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("attractors")
    done = subprocess.run(
        [command, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
