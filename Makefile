# Two commands do everything: `make demo` to see it, `make test` to check it. Each does all of its own set-up; only
# Python 3.11 or later, make and a network are assumed. Steps leave a stamp and are not repeated until what they rest on changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
SEEDS ?= 10000
PAGES := web/dist/index.html
say = @printf '\033[1m==> %s\033[0m\n'

WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-house test-pages test-long bench bench-lists simulate install install-dev build lint types web browser fmt wire lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: install build ## Install, build the pages, start PostgreSQL and the server with a living demonstration
	$(say) 'Starting the demonstration (Ctrl-C ends it)'
	@exec $(BIN)/adjuge demo $(ARGS)

test: install-dev ## Everything the build runs
	@$(MAKE) --no-print-directory -j2 lint types web browser
	$(say) 'Tests'
	@$(if $(ARGS),$(BIN)/python -m pytest $(ARGS),$(MAKE) --no-print-directory -j3 test-house test-pages test-long)

# Three at a time, each about as long as the others: browsers often wait, and so does what waits for a disk. The whole story
# waits longest of all, for auctions to end; beside it go every page, every door and every world, which do not. The two ways
# with browsers have a demonstration each, and its vehicles are few: neither may sell them all.
LONG := tests/e2e/test_pages.py tests/e2e/test_sessions.py tests/e2e/test_toasts.py tests/e2e/test_whole_story.py \
	tests/server/test_schemathesis.py tests/simulation
HOUSE := $(filter-out tests/e2e tests/simulation tests/__pycache__,$(patsubst %/,%,$(sort $(wildcard tests/*/)))) $(wildcard tests/test_*.py)

test-house: install-dev $(PAGES)
	@$(BIN)/python -m pytest $(HOUSE) $(addprefix --ignore=,$(LONG))

test-pages: install-dev $(PAGES) browser
	@$(BIN)/python -m pytest tests/e2e $(addprefix --ignore=,$(LONG))

test-long: install-dev $(PAGES) browser
	@$(BIN)/python -m pytest $(LONG)

bench: install-dev ## Load scenarios, beside the usual design measured in the same run
	@$(BIN)/python -m loadtests $(ARGS)

bench-lists: install-dev ## Lists over 100,000 vehicles and 10,000 auctions, beside the bare SQL
	@$(BIN)/python -m tests.lists $(ARGS)

simulate: install-dev ## The auction house in virtual time: make simulate SEEDS=10000
	@SIMULATION_SEEDS=$(SEEDS) $(BIN)/python -m pytest tests/simulation $(ARGS)

# ------------------------------------------------------------------------------------------------------ installing

install: $(STAMPS)/run ## The environment that runs the product
install-dev: $(STAMPS)/dev ## The environment that tests it
build: $(PAGES) ## The pages, ready to be served

$(BIN)/python:
	$(say) 'Making the Python environment in $(VENV)'
	@$(PYTHON) -c 'import sys; sys.exit("Adjugé needs Python 3.11 or later; make PYTHON=… names one") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/run: requirements.txt pyproject.toml scripts/install.py | $(BIN)/python
	$(say) 'Installing what the server needs'
	@$(BIN)/python scripts/install.py requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements-dev.txt pyproject.toml scripts/install.py | $(BIN)/python
	$(say) 'Installing what the tests need'
	@$(BIN)/python scripts/install.py requirements-dev.txt
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/run

web/node_modules/.package-lock.json: web/package-lock.json scripts/node.sh requirements-node.txt | $(BIN)/python
	$(say) 'Installing what the pages need'
	@scripts/node.sh npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): web/node_modules/.package-lock.json $(WEB_SOURCES)
	$(say) 'Building the pages'
	@scripts/node.sh npm --prefix web run --silent build
	@touch $@

# -------------------------------------------------------------------------------------------------------- checking

lint: install-dev
	$(say) 'ruff, import-linter'
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo

types: install-dev
	$(say) 'mypy'
	@$(BIN)/mypy

web: $(PAGES)
	$(say) 'Pages: types, lint, tests'
	@scripts/node.sh npm --prefix web run --silent check

browser: install-dev
	@scripts/chromium.sh

# --------------------------------------------------------------------------------------------------------- keeping

fmt: install-dev ## Put everything into its usual shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

wire: install-dev web/node_modules/.package-lock.json ## Write the pages' wire types anew from the server's schemas
	@$(BIN)/python scripts/wire.py

lock: ## Write the hashed requirements files anew
	@scripts/lock.sh

clean: ## Remove what was made here, except data/
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache screenshots
	rm -rf web/node_modules web/dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
