"""What a run comes to in numbers: by network, by engine, between engines, by claim."""

from __future__ import annotations

from typing import Any

import numpy as np

from attractors import measures
from attractors.architecture import Architecture
from attractors.catalog import Claim, Measured, Model
from attractors.cli import info
from attractors.measures import MARGIN, NONE
from attractors.recording import WINDOW, Recording


def by_model(model: Model, architecture: Architecture, seed: int) -> dict[str, Any]:
    """Return what ran: names, sizes, seed, versions."""
    about = info.collect()
    return {
        "model": model.name,
        "title": model.title,
        "reference": model.reference,
        "seed": seed,
        "networks": len(architecture.nodes),
        "units": sum(network.units for network in architecture.nodes.values()),
        "edges": len(architecture.links),
        "versions": {key: about[key] for key in ("attractors", "python", "libraries")},
    }


def by_engine(recording: Recording, seconds: float) -> dict[str, Any]:
    """Return one engine's outcome, with the work it took by trial."""
    data = recording.dataset
    return {
        "engine": recording.engine,
        "trials": data.sizes["trial"],
        "duration_ms": float(data["time"][-1]),
        "seconds": seconds,
        "synaptic_events_per_trial": float(data["synaptic_events"].mean()),
        "dense_events_per_trial": float(data["dense_events"].mean()),
        "networks": [by_network(recording, name) for name in recording.networks],
    }


def by_network(recording: Recording, name: str) -> dict[str, Any]:
    """Return in how many trials a pattern won, how well it matched, and the activity.

    Match and activity are means over trials and the last 50 ms.
    """
    matches, winners = recording.final_match(name), recording.winner(name)
    won = int((winners != NONE).sum())
    low, high = measures.interval(won, len(winners))
    activity = recording.get("activity", name)
    late = activity.sel(time=activity.time > float(activity.time[-1]) - WINDOW + 1e-9)
    return {
        "network": name,
        "patterns": matches.shape[1],
        "won": won,
        "share": won / len(winners),
        "low": low,
        "high": high,
        "match": float(matches.max(axis=1).mean()) if matches.shape[1] else None,
        "activity": float(late.mean()),
    }


def agreement(first: Recording, second: Recording) -> list[dict[str, Any]]:
    """Return by network in how many trials two engines name the same winner.

    Trials whose outcome is no clearer than a margin of 0.2 on the first engine are left out.
    """
    found = []
    for name in first.networks:
        if first.final_match(name).shape[1] == 0:
            continue
        clear = first.margin(name) >= MARGIN
        same = first.winner(name) == second.winner(name)
        found.append(
            {
                "network": name,
                "same": int((same & clear).sum()),
                "compared": int(clear.sum()),
                "left_out": int((~clear).sum()),
                "trials": len(np.asarray(clear)),
            }
        )
    return found


def by_claim(claim: Claim, measured: Measured) -> dict[str, Any]:
    """Return what was published, what was measured, and whether it holds."""
    return {
        "statement": claim.statement,
        "source": claim.source,
        "published": claim.published,
        "tolerance": claim.tolerance,
        "measured": measured.value,
        "low": measured.low,
        "high": measured.high,
        "trials": measured.trials,
        "holds": claim.holds(measured),
    }
