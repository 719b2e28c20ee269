"""The kernels in NumPy: what each one computes, in the shortest way to say it."""
