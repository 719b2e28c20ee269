"""Sphinx configuration."""

import attractors

project = "attractors"
author = "attractors developers"
project_copyright = "2026, attractors developers"
release = attractors.__version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "sphinx-mathjax-offline",
    "sphinxcontrib.bibtex",
]
bibtex_bibfiles = ["references.bib"]
html_theme = "furo"
html_title = f"attractors {release}"
templates_path = ["_templates"]
exclude_patterns = ["_build", "_templates"]

# Notebooks are committed without outputs and run at every build, so that what they show is true.
nb_execution_mode = "force"
nb_execution_timeout = 300
nb_execution_raise_on_error = True

myst_enable_extensions = ["amsmath", "dollarmath"]
autosummary_generate = True
numpydoc_show_class_members = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
