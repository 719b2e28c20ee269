"""Rate and drive of a leaky integrate-and-fire unit without noise."""

from __future__ import annotations

import math

from scipy import integrate, special

# beyond, a unit fires less than once in 10^250 membrane time constants
FARTHEST = 24.0


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


def noisy_rate_at(
    drive: float, noise: float, tau: float, threshold: float, reset: float, refractory: float
) -> float:
    r"""Return the rate in Hz under a constant drive and white noise.

    .. math:: 1/r = τ_{ref} + τ \sqrt{π} \int_{(V_r - I)/\sqrt{2}σ}^{(V_θ - I)/\sqrt{2}σ}
              e^{u^2} (1 + \operatorname{erf} u) \, du

    Parameters
    ----------
    drive : float
        I in mV above rest.
    noise : float
        σ, the standard deviation in mV of the potential without a threshold.
    tau, threshold, reset, refractory : float
        As of :func:`rate_at`.

    References
    ----------
    Siegert (1951), Phys Rev 81:617, doi:10.1103/PhysRev.81.617.
    """
    low, high = ((level - drive) / (math.sqrt(2.0) * noise) for level in (reset, threshold))
    if high > FARTHEST:
        return 0.0
    # e^(u^2) (1 + erf u), without the overflow
    area, _ = integrate.quad(lambda u: special.erfcx(-u), low, high, limit=200)
    return float(1000.0 / (refractory + tau * math.sqrt(math.pi) * area))
