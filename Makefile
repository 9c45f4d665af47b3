# The commands of the project; `make help` lists them.
PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

PARALLEL := --numprocesses auto --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help install run spark test spark-test faults bench lint audit wheels format pictures page page-test clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

install: .venv/installed ## Make the environment, for the commands that need no service.

run: .venv/installed ## Make the environment if need be and serve on http://localhost:5000.
	@$(VENV_PYTHON) app.py

spark: .venv/installed-spark ## Make the environment with Spark too, for python -m segment --engine spark.
	@.ci/java

test: .venv/installed-dev ## Run the tests, on a PostgreSQL that they start themselves.
	$(VENV_PYTHON) -m pytest $(PARALLEL) --ignore tests/faults --ignore tests/spark

spark-test: .venv/installed-dev .venv/installed-spark ## Run the tests of Spark, on a cluster that they start themselves.
	@.ci/java
	$(VENV_PYTHON) -m pytest tests/spark

faults: .venv/installed-dev ## Run the slow tests: they start, kill, fill, flood and stall services.
	$(VENV_PYTHON) -m pytest $(PARALLEL) tests/faults

bench: .venv/installed-dev ## Measure what the service costs, beside the same work without it.
	$(VENV_PYTHON) -m benchmarks $(OPTIONS)

lint: .venv/installed-dev ## Check style and format.
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .

audit: .venv/installed-dev ## Ask whether a dependency has a known vulnerability.
	@$(VENV_PYTHON) .ci/audit.py

wheels: .venv/installed-dev ## Ask whether every requirement has a wheel for each system and Python.
	@$(VENV_PYTHON) .ci/wheels.py

format: .venv/installed-dev ## Format the code.
	$(VENV_PYTHON) -m ruff check --fix .
	$(VENV_PYTHON) -m ruff format .

pictures: .venv/installed-dev ## Draw the README's pictures anew, from a real run.
	$(VENV_PYTHON) docs/pictures.py

page: .venv/installed frontend/node_modules/installed ## Serve the page on http://localhost:3000, and the service unless it runs.
	@frontend/with-node npm run --silent build
	@frontend/with-node node server/main.js

page-test: .venv/installed frontend/node_modules/installed ## Run the page's tests, some of them in a real browser.
	@.ci/chromium
	frontend/with-node npm run --silent lint
	frontend/with-node npm run --silent types:check
	frontend/with-node npm test --silent
	frontend/with-node npm run --silent test:browser

clean: ## Remove the environment and all caches; the data stays.
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis frontend/node_modules frontend/dist frontend/coverage
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/installed: requirements.txt install.py
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON): install Python 3.11 or later." >&2; exit 1; }
	@$(PYTHON) install.py requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(PYTHON) install.py requirements-dev.txt
	@touch $@

.venv/installed-spark: requirements-spark.txt .venv/installed
	@$(PYTHON) install.py requirements-spark.txt
	@touch $@

frontend/node_modules/installed: frontend/package-lock.json .venv/installed
	@echo "Installing what the page is built with (once) ..."
	@frontend/with-node npm ci --no-audit --no-fund --loglevel=error
	@touch $@
