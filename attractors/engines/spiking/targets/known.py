"""What has been compiled before, as far as it can be told before any code is generated."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import brian2

from attractors.engines.spiking.targets.device import CACHE
from attractors.protocol import Trial

if TYPE_CHECKING:
    from attractors.circuit import Circuit
    from attractors.engines.spiking.engine import SpikingEngine

# notes kept, of no bytes each
MOST = 1024


def key(engine: SpikingEngine, circuit: Circuit, trials: Sequence[Trial], size: int) -> str:
    """Return a digest of what the text to compile follows from.

    Runs that differ in it may still share their code, and code may have been deleted since: a
    guess that is wrong costs time and nothing else.

    Parameters
    ----------
    engine : SpikingEngine
        Its options, the target excepted.
    circuit : Circuit
        Its networks and numbers of synapses.
    trials : sequence of Trial
        How long they last, and whether they drive, clamp, silence or lesion.
    size : int
        Trials side by side.
    """
    nodes = circuit.architecture.nodes
    modes = {cue.mode for trial in trials for cue in trial.cues}
    kinds = [any(getattr(trial, name) for trial in trials) for name in ("noise", "silences")]
    parts = (
        brian2.__version__,
        [engine.neurons, engine.step, engine.interval, engine.scale, engine.inhibition],
        [engine.transmission, engine.workers],
        [(name, net.units, net.dynamics) for name, net in nodes.items()],
        [(link.name, link.kind, link.delay, link.synapses.count) for link in circuit.links],
        [max(trial.duration for trial in trials), size, sorted(modes), *kinds],
        sorted({edge for trial in trials for edge in trial.lesions}),
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def compiled(key: str) -> frozenset[str]:
    """Return the targets for which such a run has been compiled."""
    return frozenset(path.suffix[1:] for path in _folder().glob(f"{key}.*"))


def note(key: str, target: str) -> None:
    """Note that such a run has been compiled, unless the folder is not to be written."""
    if target == "numpy":
        return
    folder = _folder()
    # another process may delete notes meanwhile; a run that is done is not lost for a note
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key}.{target}").touch()
        notes = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in notes[:-MOST]:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return CACHE / "known"
