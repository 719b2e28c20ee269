"""The kernels compiled by numba: the same functions, signatures and results as in ``plain``."""
