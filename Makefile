# Gradient Playground. `make run` and `make test` work from a fresh clone with Python 3.11+ and make; what they install
# goes to .venv and node_modules, and the second time they need no network.

PYTHON ?= python3
VENV := .venv
EXPORT := .venv-export
BIN := $(VENV)/bin
API := tests/server/test_api.py
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check -qq install --constraint constraints.txt

# A Node that had to be installed is in the environment's own bin.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Where it is set, every server and every engine process compiles all of the app again, and pytest all of the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-export check lint types imports js api lint-fix clean

help:  ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: $(VENV)/run.stamp  ## install what is needed and serve; HOST=... and PORT=... say where
	@$(BIN)/python -m app serve

test: $(VENV)/node.stamp $(VENV)/browser.stamp $(VENV)/postgres.stamp  ## install what the tests need and run all of them
	@$(MAKE) --no-print-directory --jobs 2 lint types imports js api
# File by file in the order of their names: the servers' tests, which are few and long, come first and leave no tail. They wait for
# each other's processes half of the time, so that a third worker finds room on two cores.
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -p no:schemathesis --ignore $(API) --ignore tests/browser
	$(BIN)/pytest -n 2 --dist worksteal -p no:schemathesis tests/browser

test-export: $(VENV)/test.stamp $(EXPORT)/test.stamp  ## run the programs that are taken home, in PyTorch and Keras
	@rm -rf $(EXPORT)/programs
	@$(BIN)/python -m tests.export.write_programs $(EXPORT)/programs
	PROGRAMS=$(EXPORT)/programs $(EXPORT)/bin/python -m pytest -c tests/export/pytest.ini tests/export

check: lint types imports  ## static checks alone: style, types, imports

lint: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/test.stamp $(VENV)/node.stamp
	$(BIN)/mypy
	node_modules/.bin/tsc --project tsconfig.json

imports: $(VENV)/test.stamp
	$(BIN)/lint-imports --no-logo

js: $(VENV)/node.stamp
	node --test --test-reporter=./tools/reporter.js $$(find tests/js -name '*.test.js')

# Apart from the others, of which each process reads all: these alone use a plugin that takes long to import.
api: $(VENV)/test.stamp
	$(BIN)/pytest $(API)

lint-fix: $(VENV)/test.stamp  ## mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:  ## remove everything that was installed or cached
	rm -rf $(VENV) $(EXPORT) node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up. A stamp stands for a finished installation; it is made again when a file that says what to install is newer.
# The build backend is installed like any other package, so that this too needs no network once all is there.

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and $(PYTHON) was not found." >&2; exit 1; }
	@$(PYTHON) tools/make_venv.py $(VENV)

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the app into $(VENV) (once) ..."
	@$(PIP_INSTALL) flit_core
	@$(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp
	@echo "Installing what the tests need (once) ..."
	@$(PIP_INSTALL) --no-build-isolation --editable '.[test]'
	@touch $@

$(VENV)/node.stamp: package.json package-lock.json | $(VENV)/test.stamp
	@$(BIN)/python -m tools.node
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/browser.stamp: $(VENV)/test.stamp
	@$(BIN)/python -m tools.chromium --install
	@touch $@

$(VENV)/postgres.stamp: $(VENV)/test.stamp
	@$(BIN)/python -m tools.postgres --install
	@touch $@

$(EXPORT)/test.stamp: tests/export/requirements.txt constraints.txt | $(BIN)/python
	@echo "Installing PyTorch, TensorFlow and Keras into $(EXPORT) (once) ..."
	@$(PYTHON) tools/make_venv.py $(EXPORT)
	@$(EXPORT)/bin/python -m pip --disable-pip-version-check -qq install --constraint constraints.txt \
	    --requirement tests/export/requirements.txt
	@touch $@
