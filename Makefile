# Two commands: `make run` and `make test`. Both set up whatever is missing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
UV := .tools/bin/uv
LOCKS := requirements/base.lock requirements/ml.lock requirements/features.lock requirements/spider.lock requirements/dev.lock
export UV_PYTHON_DOWNLOADS := never

.PHONY: help run test setup check unit e2e bench dev openapi lock clean

help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Set up, prepare and serve the site on 127.0.0.1:8000
	@exec $(BIN)/huisheng run

setup: .venv/.synced frontend/dist/index.html ## Install what is missing and build the front end

.tools/bin/uv:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11-3.13 is needed: install it and run again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3,11) <= sys.version_info < (3,14))' || { echo "Python 3.11-3.13 is needed, this is $$($(PYTHON) -V). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making the tools environment"
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.synced: $(LOCKS) pyproject.toml | .tools/bin/uv
	@echo "Installing Python packages"
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --require-hashes $(LOCKS)
	@$(UV) pip install --quiet --no-deps -e .
	@touch $@

frontend/node_modules/.synced: frontend/package.json frontend/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20.19 or newer with npm is needed: install it and run again." >&2; exit 1; }
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&b>=19)?0:1)' || { echo "Node.js 20.19 or newer is needed, this is $$(node -v)." >&2; exit 1; }
	@echo "Installing front-end packages"
	@cd frontend && npm ci --silent --no-audit --no-fund
	@touch $@

FRONTEND := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.*.ts -type f 2>/dev/null)
frontend/dist/index.html: frontend/node_modules/.synced $(FRONTEND) | .venv/.synced
	@echo "Building the front end"
	@cd frontend && out=$$(npm run --silent build 2>&1) || { echo "$$out" >&2; exit 1; }
	@$(BIN)/python -m whitenoise.compress --quiet frontend/dist
	@touch $@

test: setup system unit e2e ## Run every test, installing system parts when root on Debian or Ubuntu

# Its tests share one id, by which several processes are given theirs.
FUZZ := tests/contract/test_fuzz.py

unit: setup system ## Run the tests that need no browser
	$(BIN)/pytest -q -n 2 --dist loadgroup tests --ignore=tests/e2e --ignore=$(FUZZ)
	$(BIN)/pytest -q $(FUZZ)
	@cd frontend && npm test --silent

e2e: setup system ## Drive the built site in headless Chromium; pictures in test-results/
	$(BIN)/pytest -q tests/e2e

.PHONY: system
system:
	@bash tests/system_parts.sh

check: setup ## Lint, types, import rules, drift of generated files
	$(BIN)/ruff check backend models spider tests
	$(BIN)/ruff format --check backend models spider tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/check_files.py
	cd frontend && npm run --silent lint && npm run --silent typecheck
	@$(BIN)/huisheng openapi >/dev/null && git diff --exit-code -- backend/openapi.json
	@cd frontend && npm run --silent api && cd .. && git diff --exit-code -- frontend/src/api/schema.d.ts

BENCH ?=
bench: setup .venv/.bench ## Measure requests and recommenders; BENCH="--recommenders --large" adds 1e7
	$(BIN)/python -m tests.bench $(BENCH)

.venv/.bench: requirements/bench.lock .venv/.synced
	@$(UV) pip install --quiet --require-hashes -r requirements/bench.lock
	@touch $@

dev: setup ## API with reload on 8000, Vite with hot reload on 5173
	@trap 'kill 0' EXIT; $(BIN)/huisheng serve --reload & cd frontend && npm run --silent dev

openapi: setup ## Write the API contract and the front end's types from it
	$(BIN)/huisheng openapi
	cd frontend && npm run --silent api

lock: .tools/bin/uv ## Renew requirements/*.lock from *.in
	@for name in base ml features spider dev bench; do $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/$$name.in -o requirements/$$name.lock; done

clean: ## Remove what can be made again; data stays
	rm -rf .venv .tools frontend/node_modules frontend/dist
