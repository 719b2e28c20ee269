from __future__ import annotations

import json
import math
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import attractors as at
from attractors import catalog
from attractors.cli import app
from attractors.cli.output import as_json, table

OWN = '''
    """Two words."""
    from pathlib import Path
    import attractors as at

    print("loading")

    def build(seed=0):
        print("building")
        Path(__file__).with_suffix(".built").touch()
        word = at.AttractorNetwork("word", 60, at.KWinners(6), at.Willshaw())
        hidden = at.AttractorNetwork("hidden", 60, at.KWinners(6))
        circuit = at.Circuit(at.Architecture([word, hidden]))
        circuit.store(word=[[1] * 6 + [0] * 54, [0] * 54 + [1] * 6])
        return circuit

    def trials(circuit, seed=0):
        return at.Trial.batch(200.0, {"word": circuit.patterns("word")}, stop=100.0)

    CLAIMS = [
        at.Claim("true", 1.0, 0.0, "page 1", lambda seed: at.Measured(1.0, 1.0, 1.0, 1)),
        at.Claim("false", 2.0, 0.1, "page 2", lambda seed: at.Measured(1.0, 0.9, 1.1, 9)),
    ]
'''


class Done(NamedTuple):
    code: object
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the command in this process."""

    def run(*arguments: object) -> Done:
        with pytest.raises(SystemExit) as leaving:
            app([str(argument) for argument in arguments], prog_name="attractors")
        return Done(leaving.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's own model."""
    path = tmp_path / "own.py"
    path.write_text(textwrap.dedent(OWN), encoding="utf-8")
    return path


def refused(done: Done, message: str) -> None:
    """Hold that a call ended with one clear message."""
    assert done.code == 2, done
    assert done.err.startswith("Error: "), done.err
    assert message in done.err
    assert done.err.count("\n") <= 2
    assert "Traceback" not in done.err
    assert done.out == ""


class TestHelp:
    @pytest.mark.parametrize("command", ["demo", "models", "run", "study", "info"])
    def test_the_help_lists_every_command(self, call: Call, command: str) -> None:
        done = call("--help")
        assert done.code == 0
        assert f"\n  {command} " in done.out

    @pytest.mark.parametrize(
        "command", ["", "demo", "models", "run", "study", "study capacity", "info"]
    )
    def test_every_help_shows_commands_to_copy(self, call: Call, command: str) -> None:
        done = call(*command.split(), "--help")
        examples = done.out.split("Examples:\n")[1].splitlines()
        assert examples[0].startswith(f"    attractors {command}".rstrip())

    def test_no_arguments_show_the_help(self, call: Call) -> None:
        done = call()
        assert "Examples:" in done.out + done.err

    def test_help_and_version_load_no_numerics(self) -> None:
        code = (
            "import sys\n"
            "from attractors.cli import app\n"
            "try: app([sys.argv[1]])\n"
            "except SystemExit: print(*{'numpy', 'scipy', 'xarray', 'rich'} & set(sys.modules))"
        )
        for option in ("--help", "--version"):
            out = subprocess.run(
                [sys.executable, "-c", code, option], capture_output=True, text=True, check=True
            ).stdout
            assert out.splitlines()[-1] == "", f"{option} loads {out.splitlines()[-1]}"

    def test_version(self, call: Call) -> None:
        assert call("--version") == (0, f"attractors {at.__version__}\n", "")

    def test_a_mistyped_command_gets_a_suggestion(self, call: Call) -> None:
        done = call("rnu", "hopfield")
        assert done.code == 2
        assert "Did you mean 'run'?" in done.err


class TestRun:
    def test_a_shipped_model_by_name(self, call: Call) -> None:
        done = call("run", "hopfield", "--no-claims")
        assert done.code == 0
        assert "Hopfield (1982)" in done.out
        assert "memory  100 units" in done.out
        assert "20 of 20" in done.out
        assert "synaptic events a trial" in done.out
        assert "published" not in done.out

    def test_claims_are_measured_and_judged(self, call: Call, own: Path) -> None:
        out = call("run", own).out
        assert "published 1 ± 0 | measured 1 (1 to 1) | holds" in out
        assert "published 2 ± 0.1 | measured 1 (0.9 to 1.1) | DOES NOT HOLD" in out
        assert "hidden   no patterns" in out

    def test_slow_claims_wait_until_they_are_asked_for(self, call: Call, own: Path) -> None:
        text = own.read_text(encoding="utf-8")
        own.write_text(text.replace("1.1, 9))", "1.1, 9), slow=True)"), encoding="utf-8")
        assert "published 2" not in call("run", own).out
        assert "Not measured: 1 claim that takes minutes; add --slow." in call("run", own).out
        assert "Not measured" not in call("run", own, "--no-claims").out
        with_slow = call("run", own, "--slow").out
        assert "published 2 ± 0.1" in with_slow
        assert "Not measured" not in with_slow
        assert json.loads(call("run", own, "--json").out)["claims_left_out"] == 1

    def test_a_file_may_choose_the_options_of_its_engines(self, call: Call, own: Path) -> None:
        """Half as many steps in the same time read half as many synapses."""
        usual = json.loads(call("run", own, "--no-claims", "--json").out)["engines"][0]
        with own.open("a", encoding="utf-8") as file:
            file.write("\ndef engine(name): return {'rate': at.RateEngine(step=20.0)}[name]\n")
        coarse = json.loads(call("run", own, "--no-claims", "--json").out)["engines"][0]
        assert coarse["duration_ms"] == usual["duration_ms"]
        assert coarse["dense_events_per_trial"] == usual["dense_events_per_trial"] / 2

    def test_json_is_all_there_is_on_stdout(self, call: Call, own: Path) -> None:
        done = call("run", own, "--json", "--seed", 3)
        found = json.loads(done.out)
        assert (found["model"], found["seed"], found["units"]) == ("own", 3, 120)
        assert found["engines"][0]["networks"][0]["won"] == 2
        assert [claim["holds"] for claim in found["claims"]] == [True, False]
        assert found["versions"]["attractors"] == at.__version__
        assert done.err == "loading\nbuilding\n"

    def test_the_same_seed_gives_the_same_numbers(self, call: Call) -> None:
        one, again, other = (
            json.loads(call("run", "hopfield", "--no-claims", "--json", "--seed", seed).out)
            for seed in (1, 1, 2)
        )
        for found in (one, again, other):
            del found["engines"][0]["seconds"]
        assert one == again
        assert one["engines"] != other["engines"]

    def test_both_engines_agree_on_the_winners(self, call: Call, own: Path) -> None:
        done = call("run", own, "--engine", "both", "--json")
        found = json.loads(done.out)
        assert [entry["engine"] for entry in found["engines"]] == ["rate", "spiking"]
        (word,) = found["agreement"]
        assert word == {"network": "word", "same": 2, "compared": 2, "left_out": 0, "trials": 2}

    def test_out_holds_what_was_printed(self, call: Call, own: Path, tmp_path: Path) -> None:
        folder = tmp_path / "new" / "results"
        printed = call("run", own, "--out", folder, "--json").out
        assert json.loads((folder / "results.json").read_text()) == json.loads(printed)
        circuit = catalog.load(str(own)).build(0)
        assert at.load(folder / "architecture.json") == circuit.architecture
        recording = at.load(folder / "recording.nc")
        assert isinstance(recording, at.Recording)
        assert recording.winner("word").tolist() == [0, 1]
        for figure in ("architecture.png", "overlaps_word.png"):
            assert (folder / figure).read_bytes().startswith(b"\x89PNG")

    def test_both_engines_leave_a_recording_each(
        self, call: Call, own: Path, tmp_path: Path
    ) -> None:
        call("run", own, "--engine", "both", "--no-claims", "--out", tmp_path / "both")
        for engine in ("rate", "spiking"):
            recording = at.load(tmp_path / "both" / f"recording_{engine}.nc")
            assert isinstance(recording, at.Recording)
            assert recording.engine == engine
            assert (tmp_path / "both" / f"overlaps_word_{engine}.png").exists()


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ("run hopfeld", "no model 'hopfeld'; did you mean 'hopfield'?"),
            ("run nowhere.py", "'nowhere.py' cannot be read: No such file"),
            ("run hopfield --engine rat", "no engine 'rat'; did you mean 'rate'?"),
            ("run hopfield --engine bth", "no engine 'bth'; did you mean 'both'?"),
            ("run hopfield --engine both", "'hopfield' does not run on the spiking engine"),
            ("study capacity --rule hebian", "did you mean 'hebbian'?"),
            ("study capacity --units 0", "units is 0"),
            ("study capacity --patterns 3;4", "--patterns is '3;4'; write whole numbers"),
        ],
    )
    def test_what_does_not_exist_gets_one_message(
        self, call: Call, arguments: str, message: str
    ) -> None:
        refused(call(*arguments.split()), message)

    @pytest.mark.parametrize(
        "arguments",
        ["run", "run hopfield --seed -1", "run hopfield --seed x", "run a b", "study x"],
    )
    def test_wrong_usage_ends_with_two(self, call: Call, arguments: str) -> None:
        done = call(*arguments.split())
        assert done.code == 2
        assert "Traceback" not in done.err

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("import attractors\ndef build(:", "own.py, line 2: SyntaxError"),
            ("\n\n1 / 0\n", "own.py, line 3: ZeroDivisionError: division by zero"),
            ("def build(seed): return {}[seed]\ntrials = build", "own.py, line 1: KeyError: 0"),
        ],
    )
    def test_a_fault_in_a_users_file_is_located(
        self, call: Call, tmp_path: Path, text: str, message: str
    ) -> None:
        path = tmp_path / "own.py"
        path.write_text(text)
        refused(call("run", path), message)
        assert not path.with_suffix(".built").exists()

    @pytest.mark.parametrize("command", ["run own.py", "demo", "study capacity --units 100"])
    def test_an_unwritable_folder_is_found_before_the_work(
        self, call: Call, own: Path, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        monkeypatch.chdir(own.parent)
        own.with_name("file").write_text("in the way")
        refused(call(*command.split(), "--out", "file/results"), "'file/results' cannot be written")
        assert not own.with_suffix(".built").exists()

    def test_a_bug_of_ours_keeps_its_traceback(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> list[str]:
            raise RuntimeError("a bug")

        monkeypatch.setattr(catalog, "names", broken)
        with pytest.raises(RuntimeError, match="a bug"):
            app(["models"], prog_name="attractors")


class TestModels:
    def test_every_model_has_a_line(self, call: Call) -> None:
        lines = call("models").out.splitlines()
        assert [line.split()[0] for line in lines] == ["model", *catalog.names()]

    def test_json(self, call: Call) -> None:
        found = {entry["name"]: entry for entry in json.loads(call("models", "--json").out)}
        assert sorted(found) == catalog.names()
        assert found["hopfield"]["engines"] == ["rate"]
        assert len(found["hopfield"]["claims"]) == len(catalog.load("hopfield").claims)


class TestInfo:
    def test_it_names_versions_and_engines(self, call: Call) -> None:
        out = call("info").out
        assert f"attractors      {at.__version__}" in out
        assert "engine rate     ready" in out
        assert "engine spiking  ready (brian2" in out

    def test_json(self, call: Call) -> None:
        found = json.loads(call("info", "--json").out)
        assert found["python"] == ".".join(map(str, sys.version_info[:3]))
        assert sorted(found["engines"]) == ["rate", "spiking"]
        assert found["memory_bytes"] > 2**20

    def test_an_engine_without_its_library_says_so(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from attractors.cli import info

        monkeypatch.setattr(info, "NEEDS", {"spiking": "no-such-distribution"})
        out = call("info").out
        assert "engine spiking  no-such-distribution is not installed" in out


class TestStudy:
    SMALL = ("study", "capacity", "--rule", "hebbian", "--units", 60, "--trials", 2, "--cues", 4)

    def test_it_prints_the_critical_load_with_an_interval(self, call: Call) -> None:
        done = call(*self.SMALL)
        assert done.code == 0
        assert "Critical load" in done.out
        assert "95 % interval" in done.out

    def test_json_is_all_there_is_on_stdout(self, call: Call) -> None:
        done = call(*self.SMALL, "--patterns", "4,30", "--json")
        found = json.loads(done.out)
        assert found["study"] == "capacity"
        assert [row["patterns"] for row in found["curve"]] == [4, 30]
        assert done.err == ""

    def test_options_reach_the_study(self, call: Call) -> None:
        options = {
            "rule": "covariance",
            "units": 80,
            "activity": 0.05,
            "flipped": 0.25,
            "erased": 0.5,
            "threshold": 0.4,
            "order": "synchronous",
            "steps": 7,
            "measure": "overlap",
            "level": 0.8,
            "trials": 2,
            "cues": 3,
            "seed": 5,
        }
        words = [word for key, value in options.items() for word in (f"--{key}", value)]
        done = call("study", "capacity", *words, "--patterns", "3", "--json")
        found = json.loads(done.out)["definition"]
        assert {key: found[key] for key in options} == options

    def test_out_holds_table_numbers_and_figure(self, call: Call, tmp_path: Path) -> None:
        done = call(*self.SMALL, "--out", tmp_path)
        assert f"Written to {tmp_path}" in done.out
        written = {path.name for path in tmp_path.iterdir()}
        assert {"table.csv", "header.json", "ledger.jsonl", "curve.png"} <= written


class TestOutput:
    def test_numbers_that_are_not_finite_are_null(self) -> None:
        found = json.loads(as_json({"a": math.nan, "b": [math.inf, 1.5], "c": {"d": None}}))
        assert found == {"a": None, "b": [None, 1.5], "c": {"d": None}}

    def test_columns_stand_under_their_heads(self) -> None:
        assert table(("a", "b"), [("long", "x")]) == "  a     b\n  long  x"
