"""Clipped weights as a compressed sparse matrix."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.rules import Rule
from attractors.rules.base import Levels, Patterns
from attractors.synapses.base import Synapses, Triples


class Sparse(Synapses):
    """Compressed rows of the synapses that are on; for clipped rules."""

    form: ClassVar[str] = "sparse"

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        super().__init__(rule, shape, recurrent, name)
        self.weights = sparse.csr_array(shape, dtype=np.float32)

    @classmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why only synapses that are on cannot hold what a rule makes."""
        return None if rule.clipped else f"{type(rule).__name__} makes weights besides 0 and 1"

    @classmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes of the row pointers."""
        return 4 * (shape[0] + 1)

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Switch on the synapses whose two ends are active in one pair."""
        rows = sparse.csr_array(post, dtype=np.float32)
        columns = sparse.csr_array(pre, dtype=np.float32)
        together = sparse.csr_array(self.weights + rows.T @ columns)
        if self.recurrent:
            together.setdiag(0)
            together.eliminate_zeros()
        together.data[:] = 1
        self.weights = together

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        return np.ascontiguousarray((self.weights @ np.ascontiguousarray(states.T)).T)

    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1."""
        return self.rule.factor(units, activity)

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""
        return np.asarray(self.weights[:, [unit]].todense()).ravel()

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""
        entries = self.weights.tocoo()
        return (
            entries.row.astype(np.int64),
            entries.col.astype(np.int64),
            entries.data.astype(float),
        )

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""
        return np.bincount(self.weights.indices, minlength=self.shape[1]).astype(np.int64)

    @property
    def nbytes(self) -> int:
        """Bytes that the weights take."""
        matrix = self.weights
        return int(matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes)

    def thinned(self, keep: NDArray[np.bool_]) -> Sparse:
        """Return a copy in which only the chosen non-zero synapses live."""
        other = copy.copy(self)
        entries = self.weights.tocoo()
        kept = (entries.data[keep], (entries.row[keep], entries.col[keep]))
        other.weights = sparse.csr_array(kept, shape=self.shape, dtype=np.float32)
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the compressed rows."""
        return {"indices": self.weights.indices, "indptr": self.weights.indptr}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        indices, indptr = arrays["indices"], arrays["indptr"]
        data = np.ones(len(indices), np.float32)
        self.weights = sparse.csr_array((data, indices, indptr), shape=self.shape)
