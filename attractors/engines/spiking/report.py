"""What is to be expected of a circuit in spikes, before it runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from attractors.circuit import Circuit
from attractors.engines.spiking.capacity import overloads
from attractors.engines.spiking.expected import ExpectedEdge, ExpectedNetwork

if TYPE_CHECKING:
    import pandas

    from attractors.engines.spiking.engine import SpikingEngine


@dataclass(frozen=True, repr=False)
class Report:
    """Rates, strengths and noise that are expected of a circuit, and what speaks against it.

    Attributes
    ----------
    networks : pandas.DataFrame
        One row a network, see :class:`~attractors.engines.spiking.expected.ExpectedNetwork`.
    edges : pandas.DataFrame
        One row an edge and receptor, see
        :class:`~attractors.engines.spiking.expected.ExpectedEdge`.
    warnings : tuple of str
        Why the circuit would not do what it is meant to.
    """

    networks: pandas.DataFrame
    edges: pandas.DataFrame
    warnings: tuple[str, ...]

    def __repr__(self) -> str:
        """Return both tables and the warnings as text."""
        parts = ["networks (Hz; drives and deviations in mV)", _text(self.networks)]
        if len(self.edges):
            parts += ["", "edges (one spike; delays in ms)", _text(self.edges)]
        parts += ["", *(f"warning: {text}" for text in self.warnings)]
        return "\n".join(parts if self.warnings else [*parts, "no warnings"])


def report(engine: SpikingEngine, circuit: Circuit) -> Report:
    """Return what is to be expected of a circuit.

    Parameters
    ----------
    engine : SpikingEngine
        With its presets.
    circuit : Circuit
        With its patterns stored.

    Raises
    ------
    UnsupportedError, UnknownNameError, TrialError
        If the engine cannot run the circuit.
    """
    engine.compile(circuit)
    rows, edges, warnings = (_free if engine.free else _gamma)(engine, circuit)
    return Report(
        _table(rows, ExpectedNetwork, "network"),
        _table(edges, ExpectedEdge, "edge"),
        (*warnings, *overloads(circuit)),
    )


Found = tuple[list[ExpectedNetwork], list[ExpectedEdge], list[str]]


def _free(engine: SpikingEngine, circuit: Circuit) -> Found:
    from attractors.engines.spiking.free.concerns import concerns
    from attractors.engines.spiking.free.edges import expected_edges
    from attractors.engines.spiking.free.expected import expected_network, mean_fields

    states = mean_fields(engine, circuit)
    rows = [expected_network(state) for state in states.values()]
    warnings = [
        text
        for state, row in zip(states.values(), rows, strict=True)
        for text in concerns(state, row, engine.interval)
    ]
    members = {name: state.member for name, state in states.items()}
    return rows, expected_edges(engine, circuit, members), warnings


def _gamma(engine: SpikingEngine, circuit: Circuit) -> Found:
    from attractors.engines.spiking.gamma.expected import (
        concerns,
        expected_edges,
        expected_network,
    )

    names = circuit.architecture.nodes
    rows = [expected_network(engine, circuit, name) for name in names]
    warnings = [text for name in names for text in concerns(circuit, name)]
    return rows, expected_edges(engine, circuit), warnings


def _table(
    rows: list[ExpectedNetwork] | list[ExpectedEdge], kind: type, index: str
) -> pandas.DataFrame:
    import pandas

    columns = [entry.name for entry in fields(kind)]
    return pandas.DataFrame([asdict(row) for row in rows], columns=columns).set_index(index)


def _text(table: pandas.DataFrame) -> str:
    shown = table.dropna(axis="columns", how="all")
    return str(shown.T.to_string(float_format=lambda value: f"{value:.3g}", na_rep="-"))
