"""Rate and drive of a leaky integrate-and-fire unit without noise."""

from __future__ import annotations

import math


def rate_at(drive: float, tau: float, threshold: float, reset: float, refractory: float) -> float:
    r"""Return the rate in Hz under a constant drive.

    .. math:: 1/r = τ_{ref} + τ \ln \frac{I - V_r}{I - V_θ}

    Parameters
    ----------
    drive : float
        I in mV above rest.
    tau : float
        Membrane time constant in ms.
    threshold, reset : float
        In mV above rest.
    refractory : float
        In ms.
    """
    if drive <= threshold:
        return 0.0
    return 1000.0 / (refractory + tau * math.log((drive - reset) / (drive - threshold)))


def drive_for(rate: float, tau: float, threshold: float, reset: float, refractory: float) -> float:
    """Return the drive in mV above rest at which :func:`rate_at` gives a rate in Hz."""
    ratio = math.exp((1000.0 / rate - refractory) / tau)
    return (ratio * threshold - reset) / (ratio - 1.0)
