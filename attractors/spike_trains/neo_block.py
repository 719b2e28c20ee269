"""Recordings as Neo objects and back; the one module that imports neo, an optional library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from attractors.errors import MissingExtraError, ParameterError, UnsupportedError, unknown_name
from attractors.recording import Recording, variable
from attractors.spike_trains.trains import SpikeTrains

if TYPE_CHECKING:
    from neo.core import Block

SIGNALS = ("overlap", "match", "activity")


def to_neo(recording: Recording, units: Mapping[str, int] | None = None) -> Block:
    """Return a recording as a block of Neo, for Elephant, NIX files and other tools.

    Every trial is a segment, every unit a spike train in it, silent ones too, with the annotations
    ``network`` and ``unit``. Recorded overlaps, matches and activities are analogue signals, one
    a network and quantity, with a channel a pattern; a value stands at the end of its step. What
    the run was made with, such as its seed, annotates the block.

    Parameters
    ----------
    recording : Recording
        Of a run with ``record=("spikes", ...)``.
    units : mapping of str to int, optional
        Size by network, where the recording does not tell it.

    Returns
    -------
    neo.core.Block
        Times in ms.

    Raises
    ------
    MissingExtraError
        If neo is not installed.
    UnsupportedError
        If no spikes were recorded, or the size of a network is not known.

    References
    ----------
    Garcia et al. (2014), Front. Neuroinform. 8:10, doi:10.3389/fninf.2014.00010.
    """
    neo = _imported()
    spiking = [name for name in recording if variable("spike_time", name) in recording.dataset]
    if not spiking:
        raise UnsupportedError(
            "to_neo: recording holds no spikes; run with engine='spiking' and "
            "record=('spikes', ...)."
        )
    sizes = units or {}
    trains = {
        name: SpikeTrains.from_recording(recording, name, sizes.get(name)) for name in spiking
    }
    block = neo.Block(name="attractors recording", **recording.dataset.attrs)
    segments = [
        neo.Segment(name=f"trial {t}", trial=t) for t in range(recording.dataset.sizes["trial"])
    ]
    for name, found in trains.items():
        _add_trains(neo, segments, name, found)
    for name in recording:
        for quantity in SIGNALS:
            if variable(quantity, name) in recording.dataset:
                _add_signal(neo, segments, recording, quantity, name)
    block.segments.extend(segments)
    return block


def from_neo(block: Block, network: str | None = None) -> SpikeTrains:
    """Return the spike trains of a block of Neo, each segment a trial.

    The trains of a segment are its units, in their order. So recordings from real brains can be
    measured like simulated ones.

    Parameters
    ----------
    block : neo.core.Block
        With as many trains in every segment, all over the same window of time.
    network : str, optional
        Take only trains with this annotation ``network``; by default all.

    Returns
    -------
    SpikeTrains
        Times in ms.

    Raises
    ------
    UnknownNameError
        If there is no such network.
    ParameterError
        If there are no trains, or segments differ in the number or the window of their trains.
    """
    from quantities import ms

    segments = [list(segment.spiketrains) for segment in block.segments]
    if network is not None:
        names = {str(train.annotations.get("network")) for trains in segments for train in trains}
        if network not in names:
            raise unknown_name("network", network, names)
        segments = [
            [train for train in trains if train.annotations.get("network") == network]
            for trains in segments
        ]
    every = [train for trains in segments for train in trains]
    windows = {tuple(float(t.rescale(ms)) for t in (x.t_start, x.t_stop)) for x in every}
    sizes = {len(trains) for trains in segments}
    if len(windows) != 1 or len(sizes) != 1:
        raise ParameterError(
            f"from_neo: segments have {sorted(sizes)} spike trains over {sorted(windows)} ms; give "
            "at least one, as many in each and all over the same window."
        )
    (start, stop), (size,) = windows.pop(), sizes
    times = [np.asarray(train.rescale(ms).magnitude, float) for train in every]
    trial, unit = np.divmod(np.repeat(np.arange(len(every)), [len(x) for x in times]), size)
    columns = np.concatenate(times), unit, trial
    return SpikeTrains(*columns, units=size, trials=len(segments), stop=stop, start=start)


def _add_trains(neo: Any, segments: list[Any], name: str, trains: SpikeTrains) -> None:
    """Add one spike train a unit to each segment."""
    from quantities import ms

    # objects, for neo looks the name of a unit up anew for each of many trains
    start, stop = trains.start * ms, trains.stop * ms
    order = np.lexsort((trains.time, trains.train))
    cuts = np.searchsorted(trains.train[order], np.arange(1, trains.trials * trains.units))
    pieces = iter(np.split(trains.time[order], cuts))
    for segment in segments:
        segment.spiketrains.extend(
            [
                neo.SpikeTrain(
                    next(pieces),
                    units=ms,
                    t_start=start,
                    t_stop=stop,
                    name=f"{name} {unit}",
                    network=name,
                    unit=unit,
                )
                for unit in range(trains.units)
            ]
        )


def _add_signal(
    neo: Any, segments: list[Any], recording: Recording, quantity: str, name: str
) -> None:
    """Add one analogue signal to each segment."""
    from quantities import ms

    values, times = recording.get(quantity, name).values, recording.dataset["time"].values
    step = float(times[-1]) / len(times)
    for segment, trial in zip(segments, values, strict=True):
        signal = neo.AnalogSignal(
            trial.reshape(len(times), -1),
            units="dimensionless",
            sampling_period=step * ms,
            t_start=times[0] * ms,
            name=f"{name} {quantity}",
            network=name,
            quantity=quantity,
        )
        if trial.ndim == 2:
            signal.array_annotate(pattern=np.arange(trial.shape[1]))
        segment.analogsignals.append(signal)


def _imported() -> Any:
    try:
        from neo import core
    except ImportError as error:
        raise MissingExtraError(
            "to_neo makes objects of neo, which is not installed; "
            "pip install 'attractor-networks[neo]'."
        ) from error
    return core
