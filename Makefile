# Sandan (三单). `make` or `make help` lists what can be done.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DATA ?= data
RESET ?=
T ?= tests
WORKERS ?= $(if $(filter tests,$(T)),3,0)
UPGRADE ?=
PART ?=
MEASURE ?=

BIN := .venv/bin
SOURCES := services gateway deploy tests
PYTHON ?= python3.11 python3.12 python3.13 python3.14 python3
COMPOSE := docker compose --file deploy/compose/compose.yaml
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	$(if $(UPGRADE),--upgrade)

export PORT DATA RESET
# Tests start processes by the hundred: they share what the first of them compiled, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

##@ Use

.PHONY: help
help: ## List these commands
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z0-9]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: .venv/run.stamp ## Start everything in one process (PORT=8000, DATA=data, RESET=1 starts anew)
	@exec $(BIN)/python -m deploy.embedded

.PHONY: up
up: ## Start with docker compose and print the address (PORT=8000)
	@docker compose version >/dev/null 2>&1 || { echo "make up needs Docker with its compose plugin."; exit 1; }
	@sh deploy/compose/secrets.sh
	@$(COMPOSE) up --build --detach --wait
	@echo "Sandan answers at http://127.0.0.1:$(PORT)/"

.PHONY: down
down: ## Stop what `make up` started; its data stays
	@$(COMPOSE) down

.PHONY: migrate
migrate: .venv/run.stamp ## Bring every service's tables and queues up to date (DATABASE_URL, AMQP_URI)
	@$(BIN)/python -m services.kit migrate all

.PHONY: import
import: .venv/run.stamp ## Import a file: KIND=divisions|grids|units|members|responsibilities FILE=path
	@test -n "$(KIND)" -a -n "$(FILE)" || { echo "usage: make import KIND=divisions|grids|units|members|responsibilities FILE=path"; exit 2; }
	@$(BIN)/python -m services.members.cli import "$(KIND)" "$(FILE)"

##@ Check

.PHONY: lint
lint: .venv/dev.stamp ## Style, types, import rules, catalogue, deployment files
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m services.kit catalogue --check
	@$(BIN)/python -W ignore -m gateway.access --check
	@$(BIN)/hadolint deploy/Dockerfile
	@$(BIN)/kubernetes-validate --quiet --strict deploy/k8s/*.yaml
	@mkdir -p build && sh deploy/compose/secrets.sh build/compose.env >/dev/null
	@$(BIN)/docker-compose --env-file build/compose.env --file deploy/compose/compose.yaml config --quiet

.PHONY: types
types: .venv/dev.stamp ## Types alone
	@$(BIN)/mypy

.PHONY: fmt
fmt: .venv/dev.stamp ## Format, and mend what can be mended by itself
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

.PHONY: test
test: .venv/dev.stamp ## All tests that need no container engine, the short chaos run included (T=tests/unit, WORKERS=3)
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder $(T)

.PHONY: scenarios
scenarios: .venv/dev.stamp ## The practice of each place, all orders at its real scale (make test plays a part of them)
	@SANDAN_SCALE=full $(BIN)/python -m pytest tests/scenarios --log-cli-level=INFO

.PHONY: journeys
journeys: .venv/dev.stamp ## Each journey in Chromium on a phone and at a desk, with scripts and without (make test: two of the four)
	@SANDAN_JOURNEYS=all $(BIN)/python -m pytest tests/browser --ignore=tests/browser/test_every_page.py

.PHONY: histories
histories: .venv/dev.stamp ## 2,000 random histories of orders, people, clocks and failures: the loop keeps its promises
	@SANDAN_EXAMPLES=2000 $(BIN)/python -m pytest tests/unit/dispatch/test_any_history.py --durations=1

.PHONY: chaos
chaos: .venv/dev.stamp ## 5,000 orders under 40 random kill -9s: nothing lost, nothing twice
	@$(BIN)/python -m pytest tests/chaos -m chaos --capture=no

.PHONY: bench
bench: .venv/dev.stamp ## Print the table of figures and write docs/bench.md (PART=rpc measures one part)
	@$(BIN)/python -W ignore -m tests.bench $(PART)

.PHONY: model
model: .venv/dev.stamp ## Train the model that reads orders, measure it, write docs/model.md (MEASURE=1 only measures)
	@$(BIN)/python -m tests.model $(if $(MEASURE),measure)

.PHONY: e2e
e2e: .venv/dev.stamp ## Bring the compose deployment up, live through scenario Z, take it down
	@$(BIN)/python -m pytest tests/e2e -m e2e --capture=no

##@ Keep

.PHONY: venv
venv: .venv/dev.stamp ## Make .venv with everything in it

.PHONY: lock
lock: .venv/dev.stamp ## Write requirements/*.lock anew (UPGRADE=1 takes newer versions)
	@$(COMPILE) --output-file requirements/run.lock requirements/run.in
	@$(COMPILE) --output-file requirements/embedded.lock requirements/embedded.in
	@$(COMPILE) --output-file requirements/dev.lock requirements/dev.in

.PHONY: catalogue
catalogue: .venv/run.stamp ## Write docs/events.md from the contracts
	@$(BIN)/python -m services.kit catalogue

.PHONY: pictures
pictures: .venv/dev.stamp ## Write docs/pictures anew: the pages of the demonstration, on a phone and at a desk
	@$(BIN)/python -m tests.gallery

.PHONY: access
access: .venv/run.stamp ## Write docs/access.md (role × scope × route) from the tables of routes
	@$(BIN)/python -W ignore -m gateway.access

.PHONY: texts
texts: .venv/dev.stamp ## Bring the catalogues of other languages up to date and list what they lack
	@$(BIN)/python -m tests.texts

.PHONY: clean
clean: ## Remove what make made, except data
	@rm -rf .venv build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@for python in $(PYTHON); do \
		"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
			&& exec "$$python" -m venv .venv; \
	done; \
	echo "Sandan needs Python 3.11 or newer with venv (Debian and Ubuntu: apt-get install python3-venv)."; exit 1

.venv/run.stamp: requirements/embedded.lock | .venv/bin/python
	@echo "Installing what runs into .venv …"
	@$(PIP) --requirement requirements/embedded.lock
	@touch $@

.venv/dev.stamp: requirements/dev.lock | .venv/bin/python
	@echo "Installing what runs, tests and linters into .venv …"
	@$(PIP) --requirement requirements/dev.lock
	@touch .venv/run.stamp $@
