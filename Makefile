PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help install demo test test-faults check lint types architecture format parts kafka lock docs bench fuzz clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 14

install: .venv/.runtime ## Set up .venv with what runs the observer

demo: .venv/.runtime ## Show seeded traffic with known faults: page, verdicts, planted against found
	@$(BIN)/observer demo $(ARGS)

test: .venv/.dev parts ## Set up everything and run the tests
	$(BIN)/pytest $(ARGS)

test-faults: .venv/.dev parts ## Run the fault suite on a real Kafka at full length: 300,000 events a case
	$(BIN)/pytest -m faults --fault-events 300000 $(ARGS)

check: lint types architecture test ## Lint, types, architecture and tests

lint: .venv/.dev ## Run ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev ## Run mypy --strict
	$(BIN)/mypy

architecture: .venv/.dev ## Check who imports whom
	$(BIN)/lint-imports

format: .venv/.dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

parts: ## Install what is not Python (Prometheus, Chromium, Node.js, Java, PostgreSQL), or name the command that does
	@.ci/parts

kafka: ## Fetch Apache Kafka for the tests, from Maven Central into .cache/kafka
	@tests/kafka/jars

docs: .venv/.dev ## Write what is generated from the code: pages in docs/, rules and dashboards in deploy/
	$(BIN)/python -m observer.deployment
	$(BIN)/python -m streams.documents
	@$(BIN)/observer --lang en deploy generate >/dev/null

bench: .venv/.dev ## Measure speed and memory, as ratios within one run
	$(BIN)/python -m tests.benchmarks $(ARGS)

fuzz: .venv/.dev ## Fuzz every decoder, guided by coverage: ten minutes in all, or ARGS="--seconds 60 tcf gpp"
	$(BIN)/python -m tests.fuzz $(ARGS)

lock: ## Resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/runtime.txt $(ARGS)
	uv pip compile pyproject.toml --group build --extra kafka --extra postgres --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/kafka.txt -c requirements/runtime.txt $(ARGS)
	uv pip compile pyproject.toml --group dev --extra deploy --extra kafka --extra postgres --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/dev.txt -c requirements/kafka.txt $(ARGS)

clean: ## Remove what the targets made
	rm -rf .venv .cache build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "expected Python 3.11 or later, got $$($(PYTHON) --version). Name another with: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "expected Python's venv module, got none. On Debian: apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
