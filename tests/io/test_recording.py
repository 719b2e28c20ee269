from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray

import attractors as at
from attractors.errors import (
    ArchitectureError,
    OutputError,
    UnknownNameError,
    UnsupportedError,
)


@pytest.fixture
def brain() -> at.Architecture:
    word = at.AttractorNetwork("word", 40, at.KWinners(4), at.Willshaw())
    sign = at.AttractorNetwork("spin", 30, at.Sign(order="asynchronous"), at.Hebbian())
    return at.Architecture(
        [word, sign], [at.Association("word", "part/word", delay=20.0)], {"part": word_only()}
    )


def word_only() -> at.Architecture:
    return at.Architecture([at.AttractorNetwork("word", 20, at.KWinners(2), at.Willshaw())])


@pytest.fixture
def recording(brain: at.Architecture, rng: np.random.Generator) -> at.Recording:
    """Nested names, a network without patterns, and NaN where a trial has not settled."""
    circuit = at.Circuit(brain)
    words = at.patterns.random_sparse(3, 40, 4, rng)
    circuit.store({"word": words, "part/word": at.patterns.random_sparse(3, 20, 2, rng)})
    trials = at.Trial.batch(60.0, {"word": words}, stop=30.0, noise=[at.Noise("spin", 1.0)])
    record = ("overlap", "match", "activity", "state")
    return at.simulate(circuit, trials, seed=3, record=record)


def test_a_recording_comes_back_equal(recording: at.Recording, tmp_path: Path) -> None:
    at.save(recording, tmp_path / "run.nc")
    back = at.load(tmp_path / "run.nc")
    assert isinstance(back, at.Recording)
    assert back.dataset.identical(recording.dataset)
    for name, variable in recording.dataset.variables.items():
        assert back.dataset.variables[name].dtype == variable.dtype, name
    assert back.networks == recording.networks
    assert (back.winner("part/word") == recording.winner("part/word")).all()


def test_a_recording_saved_again_is_still_equal(recording: at.Recording, tmp_path: Path) -> None:
    at.save(recording, tmp_path / "one.nc")
    at.save(at.load(tmp_path / "one.nc"), tmp_path / "one.nc")
    back = at.load(tmp_path / "one.nc")
    assert isinstance(back, at.Recording)
    assert back.identical(recording)


def test_events_without_any_spike_come_back_equal(tmp_path: Path) -> None:
    spikes = {
        f"spike_{key}_word": ("spike_word", np.zeros(0, kind), {"units": unit})
        for key, kind, unit in (("time", float, "ms"), ("unit", np.int32, "1"))
    }
    recording = at.Recording(xarray.Dataset(spikes, attrs={"engine": "spiking"}))
    at.save(recording, tmp_path / "silent.nc")
    back = at.load(tmp_path / "silent.nc")
    assert isinstance(back, at.Recording)
    assert back.identical(recording)


def test_attributes_that_netcdf_refuses_come_back_equal(
    recording: at.Recording, tmp_path: Path
) -> None:
    odd = {"none": None, "yes": True, "deep": {"a": [1, 2.5, None]}, "seed": 2**100, "empty": ""}
    recording.dataset.attrs.update(odd)
    recording.dataset["ties"].attrs["checked"] = False
    recording.dataset["time"].attrs["origin"] = None
    before = recording.dataset.copy(deep=True)
    at.save(recording, tmp_path / "run.nc")
    assert recording.dataset.identical(before), "saving changed the recording"
    back = at.load(tmp_path / "run.nc")
    assert isinstance(back, at.Recording)
    assert back.dataset.identical(before)
    assert back.dataset.attrs["yes"] is True


def test_any_netcdf_reader_opens_the_file(recording: at.Recording, tmp_path: Path) -> None:
    at.save(recording, tmp_path / "run.nc")
    with xarray.open_dataset(tmp_path / "run.nc", engine="h5netcdf") as plain:
        provenance = json.loads(plain.attrs["provenance"])
        assert plain.attrs["engine"] == "rate"
        assert plain["time"].attrs["units"] == "ms"
    assert provenance["versions"]["numpy"] == np.__version__


def test_an_architecture_comes_back_equal(brain: at.Architecture, tmp_path: Path) -> None:
    at.save(brain, str(tmp_path / "brain.json"))
    assert at.load(str(tmp_path / "brain.json")) == brain


def test_a_truncated_recording_is_refused(recording: at.Recording, tmp_path: Path) -> None:
    path = tmp_path / "run.nc"
    at.save(recording, path)
    whole = path.read_bytes()
    for length in (0, 4, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(OutputError, match=r"run\.nc' is damaged or no netCDF file"):
            at.load(path)


def test_foreign_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.nc").write_text("no netCDF at all")
    with pytest.raises(OutputError, match="damaged or no netCDF file"):
        at.load(tmp_path / "text.nc")
    foreign = xarray.Dataset({"x": ("t", [1.0])})
    for number, attributes in enumerate(
        [{}, {"provenance": "by hand"}, {"provenance": '{"format": "other"}'}]
    ):
        foreign.assign_attrs(attributes).to_netcdf(tmp_path / f"{number}.nc", engine="h5netcdf")
        with pytest.raises(OutputError, match="no recording of attractors"):
            at.load(tmp_path / f"{number}.nc")


def test_a_recording_of_a_later_version_is_refused(recording: at.Recording, tmp_path: Path) -> None:
    at.save(recording, tmp_path / "run.nc")
    later = xarray.load_dataset(tmp_path / "run.nc", engine="h5netcdf")
    later.attrs["provenance"] = later.attrs["provenance"].replace('"schema": 1', '"schema": 2')
    later.to_netcdf(tmp_path / "later.nc", engine="h5netcdf")
    with pytest.raises(OutputError, match=r"schema 2, this version reads 1; update attractors"):
        at.load(tmp_path / "later.nc")


def test_a_damaged_architecture_is_refused(brain: at.Architecture, tmp_path: Path) -> None:
    path = tmp_path / "brain.json"
    at.save(brain, path)
    text = path.read_text()
    path.write_text(text[: len(text) // 2])
    with pytest.raises(ArchitectureError, match=r"brain\.json': This is no architecture"):
        at.load(path)
    path.write_text(text.replace("Willshaw", "Wilshaw"))
    with pytest.raises(UnknownNameError, match="did you mean 'Willshaw'"):
        at.load(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(OutputError, match="cannot be read"):
        at.load(path)


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.nc", "there is no file"), ("run.txt", "ends in none of"), ("", "ends in none of")],
)
def test_what_cannot_be_loaded_is_named(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(OutputError, match=message):
        at.load(tmp_path / name)


def test_the_ending_must_fit(recording: at.Recording, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"must end in '\.nc' for a Recording"):
        at.save(recording, tmp_path / "run.json")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    recording: at.Recording, tmp_path: Path
) -> None:
    path = tmp_path / "run.nc"
    at.save(recording, path)
    before = path.read_bytes()
    recording.dataset.attrs["odd"] = object()
    with pytest.raises(OutputError, match="not JSON serializable"):
        at.save(recording, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_unwritable_places_are_named(recording: at.Recording, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        at.save(recording, tmp_path / "missing" / "run.nc")
    (tmp_path / "folder.nc").mkdir()
    with pytest.raises(OutputError, match="cannot be written: Is a directory"):
        at.save(recording, tmp_path / "folder.nc")


def test_what_has_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="no file format for a dict"):
        at.save({}, tmp_path / "c.npz")  # type: ignore[arg-type]
