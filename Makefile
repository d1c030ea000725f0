# Wraps the product and no more: every recipe is a command you could type. Nothing in the product needs make or a shell.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO := demo

.DEFAULT_GOAL := help
.PHONY: demo test test-exchange test-spark check bench bench-values docs serve soak soak-hostile clean help

help:  ## say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: .venv/installed  ## make and measure the bundled case of invented people in demo/
	$(BIN)/cenotaph demo $(DEMO)

test: check  ## everything that must hold: check, then all tests
	$(BIN)/python -m pytest -n auto

test-exchange: .venv/exchanging  ## the exported entities as followthemoney reads them; building it needs the headers of ICU
	$(BIN)/python -m pytest -n 0 tests/interchange/test_formats.py

test-spark: .venv/sparking  ## linking on Spark gives what linking here gives; needs Java 17, installs 460 MB
	CENOTAPH_TEST_SPARK=1 $(BIN)/python -m pytest -n 0 tests/linkage/spark/test_session.py

check: .venv/developing  ## style, types, and the one way through the house
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/developing  ## time an invented list of 100,000 rows through the house
	$(BIN)/python benchmarks/million.py --rows 100000

bench-values: .venv/developing  ## names, dates and places beside other tools; needs `pip install --group bench` and the reference lists
	$(BIN)/python benchmarks/values.py

soak: .venv/developing  ## the same with 1,000,000 rows
	$(BIN)/python benchmarks/million.py --rows 1000000

soak-hostile: .venv/developing  ## link 100,000 records of every shape that breaks linkers
	$(BIN)/python benchmarks/hostile.py

docs: .venv/developing  ## build the documentation in build/docs
	$(BIN)/mkdocs build --strict --quiet --site-dir build/docs

serve: $(DEMO)/build/site  ## look at the demo's memorial on http://127.0.0.1:8000
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(DEMO)/build/site 8000

$(DEMO)/build/site: | .venv/installed
	$(BIN)/cenotaph demo $(DEMO)

clean:  ## remove everything that can be made again
	rm -rf .venv build dist out $(DEMO) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/exchanging: requirements-exchange.lock .venv/developing
	$(PIP) install --require-hashes -r requirements-exchange.lock
	touch $@

.venv/sparking: requirements-spark.lock .venv/developing
	$(PIP) install --require-hashes -r requirements-spark.lock
	touch $@

.venv/developing: requirements-dev.lock .venv/installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@
