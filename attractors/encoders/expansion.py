"""Dimensionality expansion: dense input of few dimensions to sparse codes of many units."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils.validation import check_array, check_is_fitted, check_random_state, validate_data

from attractors import checks
from attractors.encoders.decoder import READOUTS
from attractors.encoders.projection import PROJECTIONS, field
from attractors.errors import ParameterError, PatternError
from attractors.kernels import k_winners
from attractors.patterns.random import check_activity

_OWNER = "Expansion"
_FLOATS = (np.float64, np.float32)
_CHUNK = 2**23  # fields held at once: 64 MB, whatever the number of samples


# scikit-learn carries no types, so its classes are Any to a type checker
class Expansion(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    r"""Random expansion with exactly k winners, and a decoder back.

    The field of unit j is :math:`h_j = \sum_i A_{ji} (x_i - \bar x_i)`, with random weights A
    and the mean :math:`\bar x` of the inputs seen by ``fit``. The k units of largest field are
    1, all others 0; units of equal field win in the order of their index.

    Parameters
    ----------
    units : int
        Number N of units of the code.
    activity : float
        Fraction a of the units that win; k is aN, rounded.
    projection : {"gaussian", "sparse"}
        Gaussian weights, or weights of 1 from a few random inputs (fly-like).
    fan_in : int, optional
        Number m of inputs to a unit. None means all inputs for ``"gaussian"`` and a tenth of
        them for ``"sparse"``.
    readout : {"hebbian", "pseudo-inverse"}
        How ``inverse_transform`` is learned from the codes of the inputs seen by ``fit``: local
        means, or regularised least squares (closer, and costlier: the cube of the smaller of
        the numbers of inputs and units).
    random_state : int, numpy.random.Generator, RandomState or None
        Source of the weights. None draws other weights at each ``fit``.
    dense_output : bool
        Whether codes are arrays, as ``set_output`` needs, instead of CSR arrays.
    centring : bool
        Whether the field is that of the input less its mean. Without it, inputs that are far
        from zero let the same few units win always.
    ridge : float
        Damping of the pseudo-inverse, above 0, relative to the number of active units. Small
        values restore the examples exactly; 0.1 serves new inputs and damaged codes best.

    Attributes
    ----------
    components_ : (N, D) float array or CSR array
        The weights A.
    mean_ : (D,) float
        Mean of the inputs.
    offset_ : (N,) float
        What is subtracted from :math:`Ax`: the field of the mean.
    active_ : int
        Number k of winners.
    readout_ : Readout
        Weights ``(D, N)`` and offset ``(D,)`` of the decoder.
    n_features_in_ : int
        Number D of inputs.
    feature_names_in_ : (D,) object
        Their names, if they have any.

    Raises
    ------
    ParameterError
        In ``fit``, if a parameter is out of range.

    References
    ----------
    Dasgupta, Stevens & Navlakha, Science 358:793 (2017), 10.1126/science.aam9868;
    Babadi & Sompolinsky, Neuron 83:1213 (2014), 10.1016/j.neuron.2014.07.035.

    Examples
    --------
    >>> inputs = np.random.default_rng(0).normal(size=(20, 8))
    >>> encoder = Expansion(units=500, activity=0.02, random_state=0).fit(inputs)
    >>> encoder.transform(inputs[:2]).sum(axis=1)
    array([10., 10.])
    """

    def __init__(
        self,
        units: int = 2000,
        activity: float = 0.02,
        projection: Literal["gaussian", "sparse"] = "gaussian",
        fan_in: int | None = None,
        readout: Literal["hebbian", "pseudo-inverse"] = "hebbian",
        random_state: Any = None,
        dense_output: bool = False,
        centring: bool = True,
        ridge: float = 0.1,
    ) -> None:
        self.units = units
        self.activity = activity
        self.projection = projection
        self.fan_in = fan_in
        self.readout = readout
        self.random_state = random_state
        self.dense_output = dense_output
        self.centring = centring
        self.ridge = ridge

    def fit(self, X: Any, y: Any = None) -> Expansion:
        """Draw the weights and learn the mean and the readout.

        Parameters
        ----------
        X : (P, D) array_like or sparse matrix
        y : None
            Not used.
        """
        self._fit(X)
        return self

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Fit, and return the codes of the same inputs without encoding them twice."""
        return self._output(*self._fit(X))

    def transform(self, X: Any) -> Any:
        """Return the codes of inputs.

        Parameters
        ----------
        X : (B, D) array_like or sparse matrix

        Returns
        -------
        (B, N) CSR array, or array with ``dense_output``
            Of 0 and 1, in the floating type of the input.
        """
        checked = self._check(X)
        return self._output(self._encode(checked), checked.dtype)

    def project(self, X: Any) -> NDArray[np.float64]:
        """Return the fields, (B, N), among which the largest win.

        Parameters
        ----------
        X : (B, D) array_like or sparse matrix
        """
        return self._field(self._check(X))

    def inverse_transform(self, codes: Any) -> NDArray[Any]:
        """Return the inputs that codes stand for, by the readout learned in ``fit``.

        Parameters
        ----------
        codes : (B, N) array_like or sparse matrix
            Codes, whole or damaged, or states of a network. A silent one gives the mean under
            the Hebbian readout.

        Returns
        -------
        (B, D) float

        Raises
        ------
        PatternError
            If the codes have another number of units.
        """
        check_is_fitted(self)
        states = check_array(codes, accept_sparse="csr", dtype=_FLOATS)
        if states.shape[1] != self._n_features_out:
            raise PatternError(
                f"{_OWNER}: codes have {states.shape[1]} units; "
                f"this encoder has {self._n_features_out}."
            )
        inputs: NDArray[Any] = self.readout_(states).astype(states.dtype, copy=False)
        return inputs

    def _fit(self, X: Any) -> tuple[sparse.csr_array, np.dtype[Any]]:
        """Learn everything; return the codes of the inputs and the type to give them."""
        inputs = validate_data(self, X, accept_sparse="csr", dtype=_FLOATS)
        draw, learn, ridge = self._choices()
        active, fan_in = self._winners(), self._fan_in(inputs.shape[1])
        self.active_ = active
        generator = _generator(self.random_state)
        self.components_ = draw(self.units, inputs.shape[1], fan_in, generator)
        # a sum and one division, since the mean of a sparse array is rounded in another way
        total = np.asarray(inputs.sum(axis=0, dtype=np.float64)).ravel()
        self.mean_ = total / inputs.shape[0]
        # the mean is subtracted from fields, not inputs: sparse inputs stay sparse, and units
        # whose fields are equal sums of whole numbers stay exactly equal
        self.offset_ = field(self.components_, self.mean_[None])[0] * bool(self.centring)
        codes = self._encode(inputs)
        self.readout_ = learn(codes, inputs.astype(np.float64), ridge)
        return codes, inputs.dtype

    def _choices(self) -> tuple[Any, Any, float]:
        projection = checks.choice(_OWNER, "projection", self.projection, PROJECTIONS)
        readout = checks.choice(_OWNER, "readout", self.readout, READOUTS)
        ridge = checks.real(_OWNER, "ridge", self.ridge, low=0.0, open=True)
        return PROJECTIONS[projection], READOUTS[readout], ridge

    def _winners(self) -> int:
        units = checks.whole(_OWNER, "units", self.units, low=2)
        active = round(check_activity(_OWNER, self.activity) * units)
        if not 1 <= active < units:
            raise ParameterError(
                f"{_OWNER}: activity is {self.activity:g}, which makes {active} of {units} units "
                f"active; it must be {1 / units:g} to {(units - 1) / units:g}."
            )
        return active

    def _fan_in(self, inputs: int) -> int | None:
        if self.fan_in is None:
            return None
        fan_in = checks.whole(_OWNER, "fan_in", self.fan_in)
        if fan_in > inputs:
            raise ParameterError(
                f"{_OWNER}: fan_in is {fan_in}, but the input has {inputs} features; "
                "lower it, or None chooses it."
            )
        return fan_in

    def _check(self, X: Any) -> Any:
        check_is_fitted(self)
        return validate_data(self, X, accept_sparse="csr", dtype=_FLOATS, reset=False)

    def _field(self, inputs: Any) -> NDArray[np.float64]:
        # in double precision, so that codes do not depend on the type of the input
        fields = field(self.components_, inputs.astype(np.float64))
        fields -= self.offset_
        return fields

    def _encode(self, inputs: Any) -> sparse.csr_array:
        rows, units = inputs.shape[0], self._n_features_out
        step = max(1, _CHUNK // units)
        winners = [
            np.nonzero(k_winners(self._field(inputs[start : start + step]), self.active_)[0])[1]
            for start in range(0, rows, step)
        ]
        indices = np.concatenate(winners).astype(np.int32)
        starts = np.arange(rows + 1) * self.active_
        return sparse.csr_array((np.ones(len(indices)), indices, starts), shape=(rows, units))

    def _output(self, codes: sparse.csr_array, dtype: np.dtype[Any]) -> Any:
        typed = codes.astype(dtype)
        return typed.toarray() if self.dense_output else typed

    @property
    def _n_features_out(self) -> int:
        return int(self.components_.shape[0])

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags


def _generator(random_state: Any) -> np.random.Generator:
    """Return a generator for anything that scikit-learn takes as a random state, or for one."""
    if random_state is None or isinstance(random_state, np.random.Generator):
        return np.random.default_rng(random_state)
    # scikit-learn would read None as NumPy's global state, which this package never touches
    words = check_random_state(random_state).randint(2**32, size=4, dtype=np.uint32)
    return np.random.default_rng(words)
