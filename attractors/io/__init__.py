"""Save and load: recordings as netCDF, architectures as JSON, circuits as npz; whole or not."""

from attractors.io.files import load, save

__all__ = ["load", "save"]
