"""What theory expects of a memory study, and where that holds."""

from __future__ import annotations

from typing import TypedDict

from attractors.studies.setting import Setting
from attractors.theory import Policy, covariance_capacity, hopfield_capacity, willshaw_recall_load


class Expectation(TypedDict):
    """Critical load in patterns per unit, and where it comes from."""

    critical_load: float
    what: str


def expectation(setting: Setting) -> Expectation | None:
    """Return what theory expects of a setting, None where it has no answer."""
    if setting.rule == "willshaw":
        return _willshaw(setting)
    if setting.measure == "exact":
        return None
    limit = "mean field, N → ∞, cue inside the basin"
    if setting.rule == "hebbian":
        load = hopfield_capacity(setting.level)
        return {"critical_load": load, "what": f"Amit-Gutfreund-Sompolinsky {limit}"}
    policy: Policy = "winners" if setting.threshold is None else setting.threshold
    load = covariance_capacity(setting.active / setting.units, policy, overlap=setting.level)
    return {"critical_load": load, "what": f"Tsodyks-Feigelman {limit}"} if load > 0 else None


def _willshaw(setting: Setting) -> Expectation | None:
    given = setting.active - round(setting.erased * setting.active)
    if not setting.winners or setting.flipped or given < 2:
        return None
    patterns = willshaw_recall_load(setting.units, setting.active, given, _wrong(setting))
    what = "exact counting, one step; iterating repairs damaged cues and loses some clean ones"
    return {"critical_load": patterns / setting.units, "what": what}


def _wrong(setting: Setting) -> int:
    """Return how many of the k winners may be wrong for the recall to count."""
    if setting.measure == "exact":
        return 0
    k, silent = setting.active, 1.0 - setting.active / setting.units
    return max(
        wrong for wrong in range(k + 1) if wrong == 0 or 1 - wrong / (k * silent) > setting.level
    )
