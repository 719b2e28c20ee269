"""The kernels compiled by numba: the same functions, signatures and results as in ``plain``.

Compiled code is kept in ``__pycache__`` and used again as long as the file of the function is the
same. numba does not look at the files of what it calls: after changing a kernel that others call,
delete their ``*.nbi``.

Inner loops take whole arrays and indices, not slices. numba counts the references to a slice at
one counter of the whole array, and threads wait for each other there.
"""
