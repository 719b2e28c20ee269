"""The coding level of 0/1 patterns, as rules that centre them need it."""

from __future__ import annotations

from attractors import checks
from attractors.errors import ParameterError, PatternError
from attractors.rules.base import Patterns


def check_activity(rule: str, activity: float | None) -> None:
    """Raise ParameterError if the activity that a rule was given is no fraction of units."""
    if activity is not None:
        value = checks.real(rule, "activity", activity, low=0.0, open=True)
        if value >= 1.0:
            raise ParameterError(f"{rule}: activity is {value:g}; it must lie between 0 and 1.")


def coding_level(rule: str, activity: float | None, nominal: float | None) -> float:
    """Return the coding level of an end: what the rule was given, else what the network says.

    Parameters
    ----------
    rule : str
        Name of the rule, as an error should name it.
    activity : float or None
        What the rule was given.
    nominal : float or None
        Nominal activity of the network, ``None`` where it prescribes none.

    Raises
    ------
    ParameterError
        If neither lies between 0 and 1.
    """
    level = activity if activity is not None else nominal
    if level is None or not 0.0 < level < 1.0:
        raise ParameterError(
            f"{rule} needs an activity between 0 and 1, the network gives {level}; "
            f"write {rule}(activity=...)."
        )
    return level


def check_level(rule: str, end: str, patterns: Patterns, level: float) -> None:
    """Raise PatternError if patterns are more than a factor 2 off the level of a rule.

    Parameters
    ----------
    rule, end : str
        Name of the rule and which end the patterns are for, as the error should name them.
    patterns : (P, N) int8
        Patterns of 0 and 1.
    level : float
        Coding level a that the rule works with.
    """
    mean = float(patterns.mean())
    if not level / 2 <= mean <= 2 * level:
        raise PatternError(
            f"{rule}: {end} patterns have activity {mean:.3g}, the rule is set to {level:.3g}; "
            f"write {rule}(activity={mean:.2g}) or store patterns with {level:.3g} of units active."
        )
