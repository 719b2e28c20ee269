"""The target that is expected to finish first. Nothing here imports Brian2."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from attractors.engines.spiking.targets.compilers import missing
from attractors.engines.spiking.targets.telling import tell
from attractors.errors import UnsupportedError


@dataclass(frozen=True)
class Work:
    """What is to be done.

    Parameters
    ----------
    objects : int
        Pieces of code that run in every step.
    units : int
        Of all groups.
    steps : int
        Time steps of a run.
    events : float
        Synaptic events expected in a run.
    runs : int
        How often the network runs.
    """

    objects: int
    units: int
    steps: int
    events: float
    runs: int = 1


@dataclass(frozen=True)
class Cost:
    """Seconds that a target takes, roughly; see the documentation on targets.

    Parameters
    ----------
    compiling : float
        For each piece of code, once.
    beginning : float
        For each piece of code and run.
    step : float
        For each piece of code and step.
    unit : float
        For each piece of code, unit and step.
    event : float
        For each synaptic event.
    """

    compiling: float
    beginning: float
    step: float
    unit: float
    event: float

    def of(self, work: Work, compiled: bool = False) -> float:
        """Return the seconds that work is expected to take, less if it is compiled already."""
        per_step = work.objects * (self.step + self.unit * work.units)
        run = work.objects * self.beginning + work.steps * per_step + work.events * self.event
        return (0.0 if compiled else work.objects * self.compiling) + work.runs * run


# Seconds of a processor, measured on two cores beside other work, Brian2 2.9, g++ 12; see the
# documentation on targets. A program is compiled by both cores, modules by one.
COSTS = {
    "numpy": Cost(0.0, 0.018, 2.3e-5, 5e-9, 6.7e-8),
    "cython": Cost(5.8, 0.03, 5.3e-6, 2.9e-9, 4.3e-8),
    "cpp_standalone": Cost(1.1, 0.002, 9e-7, 1.7e-9, 2.8e-8),
}
TARGETS = tuple(COSTS)


@dataclass(frozen=True)
class Choice:
    """A target and why.

    Parameters
    ----------
    target : str
        What Brian2 is to run on.
    seconds : mapping of str to float
        Time expected of each target that could be chosen.
    left_out : mapping of str to str
        Why others could not.
    forced : bool
        Whether the user named the target.
    """

    target: str
    seconds: Mapping[str, float]
    left_out: Mapping[str, str] = field(default_factory=dict)
    forced: bool = False

    @property
    def line(self) -> str:
        """One line for the user."""
        if self.forced:
            return f"spiking engine: target {self.target}, as asked for"
        others = [f"{name} {_time(s)}" for name, s in self.seconds.items() if name != self.target]
        others += [f"{name} left out: {why}" for name, why in self.left_out.items()]
        beside = f" ({'; '.join(others)})" if others else ""
        expected = _time(self.seconds[self.target])
        return f"spiking engine: target {self.target}, expected to take {expected}{beside}"

    def announce(self) -> str:
        """Tell the user, loudly only of what is compiled, and return the target."""
        tell(self.line, shown=self.target != "numpy" and not self.forced)
        return self.target


def choose(
    work: Work,
    forced: str | None = None,
    refused: Mapping[str, str] | None = None,
    compiled: Collection[str] = (),
) -> Choice:
    """Return the target that is expected to finish first, its compilation included.

    Parameters
    ----------
    work : Work
        What is to be done.
    forced : str, optional
        What the user asked for.
    refused : mapping of str to str, optional
        Targets on which the model cannot run, and why.
    compiled : collection of str
        Targets for which it has been compiled before.

    Raises
    ------
    UnsupportedError
        If the target that the user asked for cannot be used.

    Examples
    --------
    >>> choose(Work(objects=10, units=100, steps=1000, events=1e4)).target
    'numpy'
    """
    left_out = {name: why for name in TARGETS if (why := missing(name)) is not None}
    left_out |= refused or {}
    if forced in left_out:
        raise UnsupportedError(
            f"SpikingEngine: target {forced!r} cannot be used: {left_out[forced]}. "
            "Use target='numpy', or None to let the engine choose."
        )
    seconds = {
        name: cost.of(work, compiled=name in compiled)
        for name, cost in COSTS.items()
        if name not in left_out
    }
    if forced is not None:
        return Choice(forced, seconds, forced=True)
    return Choice(min(seconds, key=seconds.__getitem__), seconds, left_out)


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 1 else "less than 1 s"
