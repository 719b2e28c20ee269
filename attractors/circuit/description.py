"""How the synapses of a circuit are held, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attractors.circuit.link import Link
from attractors.synapses import form_for

if TYPE_CHECKING:
    import pandas


def describe(links: Sequence[Link], forced: dict[str, str | None]) -> pandas.DataFrame:
    """Return one row a set of synapses.

    Parameters
    ----------
    links : sequence of Link
        The synapses.
    forced : dict of str to str or None
        Form that the user asked for, by name of the link.
    """
    # imported on use: a circuit needs no tables
    import pandas

    rows = [_row(link, forced[link.name]) for link in links]
    return pandas.DataFrame(rows, index=pandas.Index([k.name for k in links], name="synapses"))


def _row(link: Link, forced: str | None) -> dict[str, Any]:
    synapses = link.synapses
    possible = synapses.shape[0] * synapses.shape[1]
    return {
        "kind": link.kind,
        "rule": type(synapses.rule).__name__,
        "form": synapses.form,
        "chosen": form_for(synapses.rule, synapses.shape, forced)[1],
        "possible": possible,
        "on": synapses.count,
        "density": synapses.density,
        "bytes": synapses.nbytes,
        "bits_per_synapse": 8.0 * synapses.nbytes / possible,
    }
