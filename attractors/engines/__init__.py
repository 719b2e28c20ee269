"""Engines: what runs a circuit."""
