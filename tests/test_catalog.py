from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import attractors as at
from attractors import catalog
from attractors.errors import (
    AttractorsError,
    ModelError,
    OutputError,
    ParameterError,
    UnknownNameError,
)

GOOD = '''
    """A pair of words.

    More about it."""
    import attractors as at

    REFERENCE = "Nobody (2000)"
    ENGINES = ("rate",)

    def build(seed=0):
        word = at.AttractorNetwork("word", 20, at.KWinners(2), at.Willshaw())
        circuit = at.Circuit(at.Architecture([word]))
        circuit.store(word=[[1, 1] + [0] * 18])
        return circuit

    def trials(circuit, seed=0):
        return at.Trial.batch(50.0, {"word": circuit.patterns("word")})

    CLAIMS = [at.Claim("one", 1.0, 0.1, "page 1", lambda seed: at.Measured(1.0, 0.9, 1.1, 5))]
'''


def write(folder: Path, text: str, name: str = "own.py") -> str:
    path = folder / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return str(path)


class TestModels:
    def test_shipped_models_are_the_files_in_models(self, checkout: Path) -> None:
        files = {path.stem for path in (checkout / "models").glob("[!_]*.py")}
        assert set(catalog.names()) == files
        assert catalog.names() == sorted(files)

    @pytest.mark.parametrize("name", catalog.names())
    def test_every_shipped_model_says_what_it_is(self, name: str) -> None:
        model = catalog.load(name)
        assert model.name == name
        assert 10 < len(model.title) < 80
        assert model.reference
        assert model.engines

    def test_files_beside_the_package_come_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package = tmp_path / "site" / "attractors"
        package.mkdir(parents=True)
        monkeypatch.setattr(catalog.model, "PACKAGE", package)
        assert catalog.names() == []
        (package.parent / "models").mkdir()
        write(package.parent / "models", GOOD, "outside.py")
        assert catalog.names() == ["outside"]
        (package / "models").mkdir()
        write(package / "models", GOOD, "inside.py")
        write(package / "models", GOOD, "__init__.py")
        assert catalog.names() == ["inside"]

    def test_a_users_own_file_is_a_model(self, tmp_path: Path) -> None:
        model = catalog.load(write(tmp_path, GOOD))
        assert (model.name, model.title) == ("own", "A pair of words")
        assert (model.reference, model.engines) == ("Nobody (2000)", ("rate",))
        circuit = model.build(0)
        assert at.simulate(circuit, model.trials(circuit, 0)).winner("word").tolist() == [0]
        assert model.claims[0].holds(model.claims[0].measure(0))

    def test_build_and_trials_suffice(self, tmp_path: Path) -> None:
        bare = "def build(seed): ...\ndef trials(circuit, seed): ...\n"
        model = catalog.load(write(tmp_path, bare))
        assert (model.title, model.reference, model.claims) == ("own", "", ())
        assert model.engines == ("rate", "spiking")
        assert model.engine("rate") == at.RateEngine()

    def test_an_engine_that_is_none_is_refused(self, tmp_path: Path) -> None:
        text = "build = trials = print\ndef engine(name): return name.upper()\n"
        model = catalog.load(write(tmp_path, text))
        with pytest.raises(ModelError, match=r"engine\('rate'\) returned 'RATE'; return an engine"):
            model.engine("rate")

    def test_a_file_imports_its_neighbours(self, tmp_path: Path) -> None:
        write(tmp_path, "TITLE = 'from next door'", "next_door.py")
        before = list(sys.path)
        text = "import next_door\n__doc__ = next_door.TITLE\n"
        model = catalog.load(write(tmp_path, text + "build = trials = print\n"))
        assert model.title == "from next door"
        assert sys.path == before

    def test_a_file_may_declare_dataclasses(self, tmp_path: Path) -> None:
        text = """
            from __future__ import annotations
            from dataclasses import dataclass

            @dataclass
            class Size:
                units: int = 3
        """
        assert catalog.load(write(tmp_path, textwrap.dedent(text) + "build = trials = Size\n"))


class TestFaults:
    @pytest.mark.parametrize(
        ("name", "error", "message"),
        [
            ("hopfeld", UnknownNameError, "no model 'hopfeld'; did you mean 'hopfield'"),
            ("nowhere.py", OutputError, "'nowhere.py' cannot be read: No such file"),
            ("nowhere/own", OutputError, "'nowhere/own' cannot be read"),
        ],
    )
    def test_what_is_not_there(self, name: str, error: type[AttractorsError], message: str) -> None:
        with pytest.raises(error, match=message):
            catalog.load(name)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("x = 1\ndef build(:\n", r"own\.py, line 2: SyntaxError: invalid syntax"),
            ("x = 1\n\nx / 0\n", r"own\.py, line 3: ZeroDivisionError: division by zero"),
            ("import no_such_thing", r"own\.py, line 1: ModuleNotFoundError: No module"),
            ("import sys\nsys.exit(4)\n", r"own\.py, line 2: SystemExit: 4"),
            ("raise ValueError('two\\nlines')", r"own\.py, line 1: ValueError: two lines"),
            ("\0", "SyntaxError: source code string cannot contain null bytes"),
            ("def trials(c, s): ...", r"own\.py: there is no build\(\); write def build\(seed"),
            ("def build(s): ...", r"own\.py: there is no trials\(\); write def trials\("),
            ("build = trials = print; ENGINES = 'spikin'", "did you mean 'spiking'"),
            ("build = trials = print; ENGINES = ()", "ENGINES is empty"),
            ("build = trials = print; ENGINES = 3", "ENGINES holds 3, which is no str"),
            ("build = trials = print; CLAIMS = [1]", "CLAIMS holds 1, which is no Claim"),
        ],
    )
    def test_a_file_that_cannot_be_a_model(self, tmp_path: Path, text: str, message: str) -> None:
        path = tmp_path / "own.py"
        path.write_text(text)
        with pytest.raises(ModelError, match=message) as caught:
            catalog.load(str(path))
        assert "\n" not in str(caught.value)

    def test_the_innermost_line_of_the_file_is_named(self, tmp_path: Path) -> None:
        text = """
            import numpy as np
            def helper(x):
                return np.zeros(3).reshape(x)
            def build(seed):
                return helper(4)
            def trials(circuit, seed): ...
        """
        model = catalog.load(write(tmp_path, text))
        with pytest.raises(ModelError, match=r"own\.py, line 4: ValueError: cannot reshape"):
            model.build(0)

    def test_an_error_of_ours_keeps_its_message(self, tmp_path: Path) -> None:
        text = GOOD.replace("KWinners(2)", "KWinners(30)")
        with pytest.raises(ModelError, match=r"line 11: network 'word': KWinners: k = 30 exceeds"):
            catalog.load(write(tmp_path, text)).build(0)

    def test_a_wrong_signature_points_at_the_function(self, tmp_path: Path) -> None:
        model = catalog.load(write(tmp_path, "\ndef build(): ...\ndef trials(c): ...\n"))
        with pytest.raises(ModelError, match=r"own\.py, line 2: TypeError: .*positional"):
            model.build(0)

    def test_wrong_returns_are_refused(self, tmp_path: Path) -> None:
        text = "def build(s): return 3\ndef trials(c, s): return []\n"
        model = catalog.load(write(tmp_path, text))
        with pytest.raises(ModelError, match=r"build\(\) returned 3; return an at\.Circuit"):
            model.build(0)
        circuit: Any = None
        with pytest.raises(ModelError, match=r"trials\(\) returned \[\]; return a list of"):
            model.trials(circuit, 0)

    def test_a_claim_that_measures_no_measured_is_refused(self, tmp_path: Path) -> None:
        text = GOOD.replace("at.Measured(1.0, 0.9, 1.1, 5)", "1.0")
        (claim,) = catalog.load(write(tmp_path, text)).claims
        with pytest.raises(ModelError, match=r"a claim measured 1\.0; return an at\.Measured"):
            claim.measure(0)


class TestClaims:
    def claim(self, **changed: Any) -> at.Claim:
        values = {"published": 1.0, "tolerance": 0.1, "source": "p. 1", "measure": print}
        return at.Claim("one", **{**values, **changed})

    def test_a_claim_holds_within_tolerance_and_two_standard_errors(self) -> None:
        # a 95 % interval of ± 0.196 is a standard error of 0.1: the edge lies at 0.1 + 2 x 0.1
        assert self.claim().holds(at.Measured(1.29, 1.29 - 0.196, 1.29 + 0.196, 9))
        assert not self.claim().holds(at.Measured(1.31, 1.31 - 0.196, 1.31 + 0.196, 9))
        assert not self.claim().holds(at.Measured(0.69, 0.69 - 0.196, 0.69 + 0.196, 9))

    def test_an_exact_number_has_its_tolerance_only(self) -> None:
        assert self.claim().holds(at.Measured(0.91, 0.91, 0.91, 1))
        assert not self.claim().holds(at.Measured(0.89, 0.89, 0.89, 1))

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"tolerance": -0.1}, "tolerance is -0.1"),
            ({"published": float("nan")}, "published is nan"),
            ({"measure": 0.9}, "measure is 0.9; give a function of the seed"),
        ],
    )
    def test_impossible_claims_are_refused(self, changed: dict[str, Any], message: str) -> None:
        with pytest.raises(ParameterError, match=message):
            self.claim(**changed)

    @pytest.mark.parametrize(
        ("numbers", "message"),
        [
            ((1.0, 1.1, 1.2, 3), "outside its interval"),
            ((1.0, 0.9, float("inf"), 3), "high is inf"),
            ((1.0, 1.0, 1.0, 0), "trials is 0"),
        ],
    )
    def test_impossible_measurements_are_refused(
        self, numbers: tuple[float, float, float, int], message: str
    ) -> None:
        with pytest.raises(ParameterError, match=message):
            at.Measured(*numbers)

    def test_the_interval_of_a_mean_covers_it_as_often_as_it_says(
        self, rng: np.random.Generator
    ) -> None:
        runs = [at.Measured.mean(row) for row in rng.normal(3.0, 2.0, (2000, 5))]
        covered = np.mean([run.low <= 3.0 <= run.high for run in runs])
        # four standard errors of a share of 0.95 in 2,000 runs are 0.0195
        assert abs(covered - 0.95) < 0.0195, covered

    def test_a_mean_needs_two_runs(self) -> None:
        with pytest.raises(ParameterError, match="1 values give no interval"):
            at.Measured.mean([0.5])

    @pytest.mark.parametrize("successes", [0, 7, 10])
    def test_a_share_lies_in_its_interval(self, successes: int) -> None:
        found = at.Measured.share(successes, 10)
        assert found.value == successes / 10
        assert found.low <= found.value <= found.high
        assert found.high - found.low > 0.1
