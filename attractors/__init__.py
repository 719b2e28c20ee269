"""Circuits of associative memories: define, simulate, reproduce."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attractors import accounting as accounting
    from attractors import measures as measures
    from attractors import patterns as patterns
    from attractors import plots as plots
    from attractors import spike_trains as spike_trains
    from attractors import studies as studies
    from attractors import testing as testing
    from attractors import theory as theory
    from attractors.architecture import Architecture as Architecture
    from attractors.architecture import Association as Association
    from attractors.architecture import AttractorNetwork as AttractorNetwork
    from attractors.architecture import Diversion as Diversion
    from attractors.architecture import bam as bam
    from attractors.catalog import Claim as Claim
    from attractors.catalog import Measured as Measured
    from attractors.circuit import Circuit as Circuit
    from attractors.dynamics import Adaptation as Adaptation
    from attractors.dynamics import Blocks as Blocks
    from attractors.dynamics import Depression as Depression
    from attractors.dynamics import Dynamics as Dynamics
    from attractors.dynamics import Exponential as Exponential
    from attractors.dynamics import KWinners as KWinners
    from attractors.dynamics import Linear as Linear
    from attractors.dynamics import Power as Power
    from attractors.dynamics import Rate as Rate
    from attractors.dynamics import Sign as Sign
    from attractors.dynamics import Softmax as Softmax
    from attractors.dynamics import Sparsemax as Sparsemax
    from attractors.dynamics import Threshold as Threshold
    from attractors.encoders import Expansion as Expansion
    from attractors.engines.rate import RateEngine as RateEngine
    from attractors.engines.spiking import SpikingEngine as SpikingEngine
    from attractors.engines.spiking.neurons import AdEx as AdEx
    from attractors.engines.spiking.neurons import Background as Background
    from attractors.engines.spiking.neurons import Conductance as Conductance
    from attractors.engines.spiking.neurons import CurrentLIF as CurrentLIF
    from attractors.engines.spiking.neurons import Interneurons as Interneurons
    from attractors.engines.spiking.neurons import Pooled as Pooled
    from attractors.engines.spiking.neurons import ShortTerm as ShortTerm
    from attractors.engines.spiking.neurons import Transmission as Transmission
    from attractors.engines.spiking.plasticity import STDP as STDP
    from attractors.engines.spiking.plasticity import TraceHebbian as TraceHebbian
    from attractors.io import load as load
    from attractors.io import save as save
    from attractors.memory import Memory as Memory
    from attractors.protocol import Cue as Cue
    from attractors.protocol import Noise as Noise
    from attractors.protocol import Silence as Silence
    from attractors.protocol import Trial as Trial
    from attractors.recording import Recording as Recording
    from attractors.rules import BCPNN as BCPNN
    from attractors.rules import AmitFusi as AmitFusi
    from attractors.rules import Bounded as Bounded
    from attractors.rules import Clipped as Clipped
    from attractors.rules import Competitive as Competitive
    from attractors.rules import Correlation as Correlation
    from attractors.rules import Covariance as Covariance
    from attractors.rules import Diluted as Diluted
    from attractors.rules import EnergyDifference as EnergyDifference
    from attractors.rules import Fixed as Fixed
    from attractors.rules import HardLocations as HardLocations
    from attractors.rules import Hebbian as Hebbian
    from attractors.rules import KeyValue as KeyValue
    from attractors.rules import LinearAttention as LinearAttention
    from attractors.rules import Marginalist as Marginalist
    from attractors.rules import Perceptron as Perceptron
    from attractors.rules import PresynapticCovariance as PresynapticCovariance
    from attractors.rules import Pruned as Pruned
    from attractors.rules import PseudoInverse as PseudoInverse
    from attractors.rules import Quantised as Quantised
    from attractors.rules import Rule as Rule
    from attractors.rules import Sequence as Sequence
    from attractors.rules import Slots as Slots
    from attractors.rules import Storkey as Storkey
    from attractors.rules import Willshaw as Willshaw
    from attractors.simulation import simulate as simulate

__version__ = "0.1.0"

_HOME = {
    "Adaptation": "dynamics",
    "AmitFusi": "rules",
    "Architecture": "architecture",
    "Association": "architecture",
    "AttractorNetwork": "architecture",
    "BCPNN": "rules",
    "Blocks": "dynamics",
    "Bounded": "rules",
    "Circuit": "circuit",
    "Claim": "catalog",
    "Clipped": "rules",
    "Competitive": "rules",
    "Correlation": "rules",
    "Covariance": "rules",
    "Cue": "protocol",
    "Depression": "dynamics",
    "Diluted": "rules",
    "Diversion": "architecture",
    "Dynamics": "dynamics",
    "EnergyDifference": "rules",
    "Expansion": "encoders",
    "Exponential": "dynamics",
    "Fixed": "rules",
    "HardLocations": "rules",
    "Hebbian": "rules",
    "KWinners": "dynamics",
    "KeyValue": "rules",
    "Linear": "dynamics",
    "LinearAttention": "rules",
    "Marginalist": "rules",
    "Measured": "catalog",
    "Memory": "memory",
    "Noise": "protocol",
    "Perceptron": "rules",
    "Power": "dynamics",
    "PresynapticCovariance": "rules",
    "Pruned": "rules",
    "PseudoInverse": "rules",
    "Quantised": "rules",
    "Rate": "dynamics",
    "RateEngine": "engines.rate",
    "Recording": "recording",
    "Rule": "rules",
    "Sequence": "rules",
    "Sign": "dynamics",
    "Silence": "protocol",
    "Slots": "rules",
    "Softmax": "dynamics",
    "Sparsemax": "dynamics",
    "SpikingEngine": "engines.spiking",
    "AdEx": "engines.spiking.neurons",
    "Background": "engines.spiking.neurons",
    "Conductance": "engines.spiking.neurons",
    "CurrentLIF": "engines.spiking.neurons",
    "Interneurons": "engines.spiking.neurons",
    "Pooled": "engines.spiking.neurons",
    "ShortTerm": "engines.spiking.neurons",
    "Transmission": "engines.spiking.neurons",
    "STDP": "engines.spiking.plasticity",
    "TraceHebbian": "engines.spiking.plasticity",
    "Storkey": "rules",
    "Threshold": "dynamics",
    "Trial": "protocol",
    "Willshaw": "rules",
    "bam": "architecture",
    "load": "io",
    "save": "io",
    "simulate": "simulation",
}
_MODULES = (
    "accounting",
    "measures",
    "patterns",
    "plots",
    "spike_trains",
    "studies",
    "testing",
    "theory",
)

__all__ = sorted([*_HOME, *_MODULES])


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that importing the package stays quick."""
    if name in _HOME:
        value = getattr(import_module(f"attractors.{_HOME[name]}"), name)
    elif name in _MODULES:
        value = import_module(f"attractors.{name}")
    else:
        raise AttributeError(f"module 'attractors' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
