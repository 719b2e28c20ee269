"""Honest accounting: bits, synapses, bytes, events and energy, from one function."""

from attractors.accounting.account import Account, Holding, Work, account
from attractors.accounting.energy import CORTEX, SILICON, Energies
from attractors.accounting.outcome import Outcome, named, outcome

__all__ = [
    "CORTEX",
    "SILICON",
    "Account",
    "Energies",
    "Holding",
    "Outcome",
    "Work",
    "account",
    "named",
    "outcome",
]
