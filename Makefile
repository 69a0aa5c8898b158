# Every target sets up what it needs: a virtual environment in .venv with the exact
# packages of constraints.txt. Wanted on the machine: Python 3.11 or newer, and make.

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
PACKAGES := $(VENV)/.packages
ARGS ?=

# The first Python that runs, is new enough and can make a virtual environment.
FIND_PYTHON = for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$p" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v "$$p"; break; }; done
PYTHON ?= $(shell $(FIND_PYTHON))

# Bytecode is wanted: start-up time is measured, and users have it too. And nothing from
# outside the virtual environment may be imported.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV

PIP := $(PY) -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' \
		$(firstword $(MAKEFILE_LIST))

# ---- set up ----------------------------------------------------------------------------

.PHONY: setup
setup: $(READY) ## make .venv with all packages (the other targets do this by themselves)

$(PACKAGES): constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed" \
		"(on Debian and Ubuntu: apt install python3 python3-venv)," \
		"or say which: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) ..."
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(PIP) install --quiet --require-hashes --requirement constraints.txt
	@$(PY) -m compileall -q $(VENV)/lib >/dev/null 2>&1 || true # some packages ship templates
	@touch $@

$(READY): $(PACKAGES) pyproject.toml
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(PY) -m compileall -q src || true # a file that does not parse is the checks' business
	@touch $@

# ---- use -------------------------------------------------------------------------------

.PHONY: run
run: $(READY) ## open the demo (without a terminal: print its overview); ARGS="--lang en"
	@$(VENV)/bin/socius demo $(ARGS)

# ---- check -----------------------------------------------------------------------------

.PHONY: test
test: check wheel-smoke ## all checks, and the built wheel tried in a clean environment

.PHONY: check
check: lint types layers unit ## lint, types, layers and pytest

.PHONY: lint
lint: $(READY) ## ruff: rules and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

.PHONY: format
format: $(READY) ## ruff: mend what can be mended, and format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: types
types: $(READY) ## mypy, strict
	$(PY) -m mypy src tests tools $(wildcard bench/*.py)

.PHONY: layers
layers: $(READY) ## import-linter: who may import whom
	$(VENV)/bin/lint-imports --no-logo

.PHONY: unit
unit: $(READY) ## pytest, in parallel; ARGS="tests/domain -k pace"
	$(PY) -m pytest -n auto $(ARGS)

.PHONY: torture
torture: $(READY) ## the long proofs: killed, cut off, damaged, a thousand times over
	SOCIUS_TORTURE=1 $(PY) -m pytest -n auto tests/torture $(ARGS)

.PHONY: wheel-smoke
wheel-smoke: $(READY) ## build the wheel and try it in a clean environment
	$(PY) -m tools.wheel_smoke

.PHONY: bench
bench: $(READY) ## the measurements in bench/ (reported, never asserted)
	@for file in $(filter-out bench/make_%,$(wildcard bench/[a-z]*.py)); do echo "== $$file"; $(PY) "$$file" $(ARGS) || exit 1; done

# ---- keep up to date -------------------------------------------------------------------

.PHONY: snap-update
snap-update: $(READY) ## take the screens' snapshots anew; look at the difference before you commit
	$(PY) -m pytest -n auto tests/ui --snapshot-update $(ARGS)

.PHONY: catalogs
catalogs: $(READY) ## bring the translations (.po, .mo) in step with the source
	$(PY) -m tools.catalogs update

.PHONY: docs
docs: $(READY) ## bring docs/schema.md, docs/keys.md and the answers in README.md in step
	$(PY) -m tools.schema_doc
	$(PY) -m tools.keys update
	$(PY) -m tools.readme
	$(PY) -m tools.results_schema

.PHONY: screenshots
screenshots: $(READY) ## take the pictures in docs/images anew; ARGS="overview goals"
	$(PY) -m tools.screenshots $(ARGS)

.PHONY: lock
lock: ## work out constraints.txt anew from pyproject.toml; ARGS=--upgrade takes newer versions
	@"$(PYTHON)" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	UV_CUSTOM_COMPILE_COMMAND="make lock" .venv-lock/bin/uv pip compile pyproject.toml \
		--no-config --group dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-emit-index-url --no-emit-find-links --quiet $(ARGS) \
		--output-file constraints.txt >/dev/null
	@rm -rf .venv-lock

.PHONY: clean
clean: ## remove the virtual environment, caches and build results
	rm -rf $(VENV) .venv-lock build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache snapshot_report.html
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
