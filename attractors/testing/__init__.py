"""Conformance of engines, and laws for engines, rules, dynamics, synapse forms and encoders.

Every ``check_...`` raises :class:`AssertionError` saying which law broke, for whom and how; use
them on your own parts::

    def test_my_rule_keeps_the_laws():
        attractors.testing.check_rule(MyRule())
"""

from attractors.testing.architectures import random_architecture, random_circuit, random_trials
from attractors.testing.conformance import ConformanceReport, compare, conformance
from attractors.testing.counts import check_counts
from attractors.testing.dynamics import check_dynamics, check_recall
from attractors.testing.encoders import check_encoder
from attractors.testing.engines import check_engine
from attractors.testing.forms import check_form
from attractors.testing.preset_conformance import preset_conformance
from attractors.testing.presets import preset_architecture, preset_circuit, preset_trials
from attractors.testing.rules import check_rule
from attractors.testing.varied import varied_architecture, varied_circuit, varied_trials
from attractors.testing.wide import WideReport, wide_conformance

__all__ = [
    "ConformanceReport",
    "WideReport",
    "check_counts",
    "check_dynamics",
    "check_encoder",
    "check_engine",
    "check_form",
    "check_recall",
    "check_rule",
    "compare",
    "conformance",
    "preset_architecture",
    "preset_circuit",
    "preset_conformance",
    "preset_trials",
    "random_architecture",
    "random_circuit",
    "random_trials",
    "varied_architecture",
    "varied_circuit",
    "varied_trials",
    "wide_conformance",
]
