r"""What recalled states say about stored patterns, in bits.

A unit of the target is a binary channel from what was stored to what is recalled: it is active
with probability a, recalled active although stored inactive with p₀₁, and inactive although
stored active with p₁₀. The mutual information of the two is

.. math:: T(a, p_{01}, p_{10}) = H(a) - H(a \mid \text{recalled}).

For independent units and patterns, P patterns of N units hold P·N·T bits.
"""

from __future__ import annotations

import numpy as np

from attractors import checks
from attractors.errors import ParameterError


def entropy(probability: float) -> float:
    """Return the entropy in bits of a binary event of this probability.

    Raises
    ------
    ParameterError
        If it is not between 0 and 1.

    Examples
    --------
    >>> entropy(0.5), round(entropy(0.01), 4)
    (1.0, 0.0808)
    """
    return _entropy(_probability("entropy", "probability", probability))


def transinformation(activity: float, false_alarms: float = 0.0, misses: float = 0.0) -> float:
    """Return T, the bits that one recalled unit tells about the stored one.

    Parameters
    ----------
    activity : float
        Fraction a of the stored units that are active.
    false_alarms, misses : float
        p₀₁ and p₁₀.

    Raises
    ------
    ParameterError
        If a number is not between 0 and 1.

    References
    ----------
    Palm & Sommer (1996), in Models of Neural Networks III, 79,
    doi:10.1007/978-1-4612-0723-8_3; Nadal & Toulouse (1990), Network 1:61,
    doi:10.1088/0954-898X_1_1_005; Dayan & Willshaw (1991), Biol. Cybern. 65:253,
    doi:10.1007/BF00206223.

    Examples
    --------
    >>> transinformation(0.5), round(transinformation(0.5, 0.1, 0.9), 12)
    (1.0, 0.0)
    """
    owner = "transinformation"
    a = _probability(owner, "activity", activity)
    wrong = _probability(owner, "false_alarms", false_alarms)
    missed = _probability(owner, "misses", misses)
    active = a * (1.0 - missed) + (1.0 - a) * wrong
    noise = a * _entropy(missed) + (1.0 - a) * _entropy(wrong)
    # H(out) - H(out | stored) is the same mutual information, and never below 0 but by rounding
    return max(_entropy(active) - noise, 0.0)


def identification(choices: float, share: float) -> float:
    r"""Return the bits of one answer that names one of C equally likely things.

    Wrong answers are taken to be spread evenly: :math:`\log_2 C + s \log_2 s +
    (1-s) \log_2 \frac{1-s}{C-1}` for a share s of right ones, 0 at chance.

    Parameters
    ----------
    choices : float
        Number C of things, at least 1.
    share : float
        Share s of right answers. Below chance counts as chance.

    Examples
    --------
    >>> identification(8, 1.0), identification(8, 0.125)
    (3.0, 0.0)
    """
    count = checks.real("identification", "choices", choices, low=1.0)
    right = max(_probability("identification", "share", share), 1.0 / count)
    if count == 1.0:
        return 0.0
    spread = (1.0 - right) * np.log2(count - 1.0)
    return max(float(np.log2(count) - _entropy(right) - spread), 0.0)


def _entropy(p: float) -> float:
    if p in (0.0, 1.0):
        return 0.0
    return float(-p * np.log2(p) - (1.0 - p) * np.log1p(-p) / np.log(2.0))


def _probability(owner: str, field: str, value: float) -> float:
    number = checks.real(owner, field, value, low=0.0)
    if number > 1.0:
        raise ParameterError(f"{owner}: {field} is {value!r}; it must be between 0 and 1.")
    return number
