"""The laws of encoders."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.seeding import stream
from attractors.testing.require import require


def check_encoder(encoder: Any, inputs: NDArray[np.float64]) -> None:
    """Hold an encoder against the laws of codes.

    Codes are 0/1 with the same number of active units in every row, a row's code does not
    depend on the other rows or on the call, and near inputs (5 % noise) share more units
    than unrelated ones, by a tenth of the active ones at least.

    Parameters
    ----------
    encoder : object with ``fit`` and ``transform``
        A scikit-learn transformer with a random state of its own.
    inputs : (B, D) float
        At least ten different inputs; the encoder is fitted to them.
    """
    who = type(encoder).__name__
    codes = _dense(encoder.fit(inputs).transform(inputs))
    require(bool(np.isin(codes, (0, 1)).all()), f"{who}: codes have values other than 0 and 1")
    active = codes.sum(axis=1)
    require(
        active.min() == active.max() > 0,
        f"{who}: rows have {active.min():g} to {active.max():g} active units; wanted one number",
    )
    require(
        np.array_equal(_dense(encoder.transform(inputs)), codes),
        f"{who}: the same inputs get another code at the second call",
    )
    alone = np.concatenate([_dense(encoder.transform(row[None])) for row in inputs])
    require(np.array_equal(alone, codes), f"{who}: a row's code depends on the other rows")
    spread = inputs.std()
    near = inputs + 0.05 * spread * stream(0, "encoder").standard_normal(inputs.shape)
    shared = (_dense(encoder.transform(near)) * codes).sum(axis=1).mean()
    far = (codes * np.roll(codes, 1, axis=0)).sum(axis=1).mean()
    require(
        shared > far + 0.1 * active[0],
        f"{who}: near inputs share {shared:.1f} of {active[0]:g} active units, unrelated ones "
        f"{far:.1f}; wanted a tenth of them more",
    )


def _dense(codes: Any) -> NDArray[Any]:
    return np.asarray(codes.toarray() if hasattr(codes, "toarray") else codes)
