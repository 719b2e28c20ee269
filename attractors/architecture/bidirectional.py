"""Bidirectional associative memories."""

from __future__ import annotations

from attractors.architecture.edges import Association
from attractors.architecture.graph import Architecture
from attractors.architecture.network import AttractorNetwork
from attractors.rules import Rule


def bam(
    first: AttractorNetwork, second: AttractorNetwork, rule: Rule | None = None
) -> Architecture:
    r"""Return two networks joined by associations both ways, so that either recalls the other.

    One matrix is the other transposed for rules that treat both ends alike, such as
    :class:`~attractors.Hebbian` and :class:`~attractors.Willshaw`. For ±1 units the energy
    :math:`-\sum_{ji} y_j W_{ji} x_i`, with y one step after x, then never increases, although all
    units update at once.

    Parameters
    ----------
    first, second : AttractorNetwork
        The networks, as a rule without a memory of their own.
    rule : Rule, optional
        Of both associations; by default what suits the networks, as for an association.

    Raises
    ------
    ArchitectureError
        If networks or rule do not go together.

    Notes
    -----
    Edges take a step, so two waves of activity run back and forth, each in one network at a time.
    Hold a cue for two steps, or 0/1 networks fall silent in every second one.

    N and M units hold P random ±1 pairs up to P = 0.1998 N for N = M.

    References
    ----------
    Kosko (1988), IEEE Trans. Syst. Man Cybern. 18:49, doi:10.1109/21.87054; capacity: Kurchan,
    Peliti & Saber (1994), J. Phys. I 4:1627.

    Examples
    --------
    >>> from attractors import Circuit, Sign
    >>> x, y = AttractorNetwork("x", 100, Sign()), AttractorNetwork("y", 80, Sign())
    >>> [link.name for link in Circuit(bam(x, y)).links]
    ['x->y', 'y->x']
    """
    there = Association(first.name, second.name, rule)
    back = Association(second.name, first.name, rule)
    return Architecture((first, second), (there, back))
