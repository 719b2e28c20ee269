"""How the synapses of a circuit are held, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attractors.architecture import Architecture
from attractors.circuit.link import Link
from attractors.synapses import Synapses, form_for
from attractors.synapses.counted import Counted

if TYPE_CHECKING:
    import pandas


def describe(links: Sequence[Link], architecture: Architecture) -> pandas.DataFrame:
    """Return one row a set of synapses.

    Parameters
    ----------
    links : sequence of Link
        The synapses.
    architecture : Architecture
        What declares them.
    """
    # imported on use: a circuit needs no tables
    import pandas

    rows = [_row(link, architecture) for link in links]
    return pandas.DataFrame(rows, index=pandas.Index([k.name for k in links], name="synapses"))


def _row(link: Link, architecture: Architecture) -> dict[str, Any]:
    synapses, nodes = link.synapses, architecture.nodes
    declared = nodes[link.name] if link.kind == "recurrent" else architecture.links[link.name]
    source, target = nodes[link.source], nodes[link.target]
    _, why = form_for(
        synapses.rule,
        synapses.shape,
        declared.synapses,
        graded=source.dynamics.graded,
        activity=(target.activity, source.activity),
    )
    return {
        "kind": link.kind,
        "rule": type(synapses.rule).__name__,
        "form": _form(synapses),
        "chosen": why,
        "possible": synapses.possible,
        "on": synapses.count,
        "density": synapses.density,
        "bytes": synapses.nbytes,
        "bits_per_synapse": 8.0 * synapses.nbytes / max(synapses.possible, 1),
    }


def _form(synapses: Synapses) -> str:
    return f"counts as {synapses.view.form}" if isinstance(synapses, Counted) else synapses.form
