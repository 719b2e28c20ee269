r"""What a scaffold of hidden states holds, when features hang on it by the pseudo-inverse.

P random ±1 feature vectors F are bound to P hidden states H of :math:`N_H` units by
:math:`W = F H^+` (MESH's heteroassociation). From the hidden state of pattern μ the readout is the
sign of :math:`F H^+ h^μ`, where :math:`H^+H` projects onto :math:`N_H` of P dimensions: its
diagonal is :math:`ρ = N_H/P` on the mean, and since it is a projector each row has the squares
:math:`ρ - ρ^2` beside it. The signal ρ stands against a Gaussian of that variance:

.. math:: m = \mathrm{erf}\sqrt{\frac{ρ}{2(1-ρ)}} \qquad (P > N_H), \qquad
          m = 1 \quad (P ≤ N_H).

Valid for hidden states in general position whose projector is spread evenly, and P ≫ 1; the
diagonal's scatter, of order 1/√P, is neglected. Overlap falls gradually beyond :math:`N_H`.
"""

from __future__ import annotations

import math

from attractors import checks
from attractors.theory.information import transinformation


def scaffold_overlap(hidden: int, patterns: int, *, rule: str = "pseudo-inverse") -> float:
    r"""Return the overlap m of a recalled feature vector with the stored one.

    Parameters
    ----------
    hidden, patterns : int
        N_H and P.
    rule : "pseudo-inverse" or "hebbian"
        The latter, :math:`W = F H^\top` with random ±1 hidden states, has
        :math:`m = \mathrm{erf}\sqrt{N_H/2(P-1)}`.

    Raises
    ------
    ParameterError, UnknownNameError
        If a parameter is not allowed.

    References
    ----------
    Sharma, Chandra & Fiete (2022), ICML, doi:10.48550/arXiv.2202.00159, whose simulations it
    describes; the closed form is derived above.

    Examples
    --------
    >>> round(scaffold_overlap(200, 400), 4), round(scaffold_overlap(200, 1600), 4)
    (0.6827, 0.2945)
    """
    n = checks.whole("scaffold_overlap", "hidden", hidden)
    p = checks.whole("scaffold_overlap", "patterns", patterns)
    checks.choice("scaffold_overlap", "rule", rule, ("pseudo-inverse", "hebbian"))
    # other patterns without which there is no crosstalk
    others = p - n if rule == "pseudo-inverse" else p - 1
    return math.erf(math.sqrt(n / (2.0 * others))) if others > 0 else 1.0


def scaffold_information(hidden: int, patterns: int) -> float:
    r"""Return the bits that a synapse of the pseudo-inverse readout holds.

    :math:`\frac{P}{N_H} \left[1 - H_2\left(\frac{1+m}{2}\right)\right]`: each feature unit is a
    binary channel. P/N_H up to :math:`P = N_H`, and :math:`1/π \ln 2 = 0.459` for P → ∞.

    Parameters
    ----------
    hidden, patterns : int
        N_H and P.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Sharma, Chandra & Fiete (2022), ICML, doi:10.48550/arXiv.2202.00159.

    Examples
    --------
    >>> round(scaffold_information(200, 400), 3), round(scaffold_information(200, 1600), 3)
    (0.738, 0.508)
    """
    wrong = (1.0 - scaffold_overlap(hidden, patterns)) / 2.0
    return patterns / hidden * transinformation(0.5, wrong, wrong)
