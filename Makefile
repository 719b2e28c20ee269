# Every target sets up what it needs, in .venv; a second call does nothing twice.
PYTHON ?= python3
WORKERS ?= 2
SELECT ?= not slow
PYTEST_ARGS ?=
DEMO_ARGS ?= --out demo-output

VENV := .venv
BIN := $(VENV)/bin
METADATA := setup.cfg pyproject.toml $(wildcard constraints/*.txt)

# One BLAS thread a process: the workers are the parallelism.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

# The checkout, editable, with the versions tested for this Python.
define install
@echo "Installing into $(VENV); the first time takes a minute or two."
$(BIN)/python -m pip install --disable-pip-version-check --quiet \
	--constraint "$$($(BIN)/python -c 'import sys; print("constraints/python%d.%d.txt" % sys.version_info[:2])')" \
	--editable ".$(EXTRAS)"
endef

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test slow check lint types docs constraints clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(VENV)/installed ## install and run the demonstration on handwritten digits
	$(BIN)/attractors demo $(DEMO_ARGS)

test: $(VENV)/installed-test ## install and run the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "$(SELECT)" $(PYTEST_ARGS)

slow: $(VENV)/installed-test ## run the tests that take minutes each, which make test leaves out
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m slow $(PYTEST_ARGS)

check: lint types docs ## lint, types and documentation, warnings as errors

lint: $(VENV)/installed-dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev ## mypy, strict
	$(BIN)/mypy

docs: $(VENV)/installed-dev ## build the documentation into docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

constraints: ## write the newest versions that work into the constraints of $(PYTHON)
	rm -rf $(VENV)/fresh
	$(PYTHON) -m venv $(VENV)/fresh
	$(VENV)/fresh/bin/pip install --quiet ".[test,docs,dev]"
	$(VENV)/fresh/bin/pip freeze --exclude attractor-networks > "$$($(PYTHON) -c 'import sys; print("constraints/python%d.%d.txt" % sys.version_info[:2])')"
	rm -rf $(VENV)/fresh

clean: ## remove the environment and what was built
	rm -rf $(VENV) build docs/_build *.egg-info
	find attractors -name '*.nb[ic]' -delete

# The stamps are newer than the metadata they were installed from.
$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else \
	"Python %d.%d found, 3.11, 3.12 or 3.13 needed: make PYTHON=python3.13 ..." % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/installed: $(VENV)/created $(METADATA)
	$(install)
	touch $@

$(VENV)/installed-test: EXTRAS := [test]
$(VENV)/installed-test: $(VENV)/created $(METADATA)
	$(install)
	touch $@ $(VENV)/installed

$(VENV)/installed-dev: EXTRAS := [test,docs,dev]
$(VENV)/installed-dev: $(VENV)/created $(METADATA)
	$(install)
	touch $@ $(VENV)/installed $(VENV)/installed-test
