"""What Brian2 runs on: NumPy, Cython or a program of its own, chosen by the work to do."""
