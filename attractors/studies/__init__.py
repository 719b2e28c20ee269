"""Studies: points times seeded trials, one table, intervals and theory beside it.

A study of its own is one file: a picklable measurement of one trial, a plan that turns the
finished rounds into the next one, and a function that hands both to :func:`run`.
"""

from attractors.studies.archive import load, load_table
from attractors.studies.cluster import local_cluster
from attractors.studies.extrapolation import extrapolate, extrapolate_studies
from attractors.studies.grid import Grid
from attractors.studies.memory_load import capacity
from attractors.studies.runner import run
from attractors.studies.study import Study
from attractors.studies.task import Task

__all__ = [
    "Grid",
    "Study",
    "Task",
    "capacity",
    "extrapolate",
    "extrapolate_studies",
    "load",
    "load_table",
    "local_cluster",
    "run",
]
