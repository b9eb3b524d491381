# One line a recipe; `make` lists them. Every recipe begins with `env`, which does nothing twice. What does not
# wait for anything else is made two at a time: the front end is built while types are checked.
MAKEFLAGS += --jobs=2
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8000
FIRST_ON_POSTGRES := tests/journal tests/matters
THEN_ON_POSTGRES := tests/culture tests/appraisal tests/counter tests/desk tests/desk_campaigns tests/desk_cockpit tests/desk_duty tests/desk_fields tests/desk_forces tests/desk_keeping tests/desk_leadership tests/desk_leads tests/desk_letters tests/desk_packs tests/desk_patterns tests/desk_records tests/desk_returns tests/desk_search tests/desk_typing tests/documents tests/exchange tests/findings tests/growth tests/house tests/journeys tests/mechanisms tests/organization
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help env run test test-all check format lint types imports sql bench docs new-rule lock clean system

help: ## list the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: .make/python .make/words .make/frontend ## prepare .venv and the front end

.make/python: requirements/lock.txt requirements/places.txt pyproject.toml
	@mkdir -p .make
	@test -x $(BIN)/python || "$(PYTHON)" -c 'import sys; sys.exit("Qingfeng needs Python 3.11 or newer; found %s. Say make PYTHON=/path/to/python3.11 ..." % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/pip || "$(PYTHON)" -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/lock.txt
	$(BIN)/pip install --quiet --require-hashes --no-deps --requirement requirements/places.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.make/frontend: .make/python frontend/package.json frontend/package-lock.json frontend/vite.config.js $(wildcard frontend/*.config.js frontend/plugins/* frontend/checker/* frontend/hall/* frontend/pack/* frontend/report/* frontend/tour/* frontend/site/* frontend/site/*/*)
	cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

.make/words: .make/python tools/words.py $(wildcard src/qingfeng/look/words/*/*.po)
	$(BIN)/python tools/words.py
	@touch $@

system: .make/python ## install Chromium and fonts for the browser tests, where this user may install them
	@$(BIN)/python tools/browser.py

run: env ## build the demonstration district, screen its records, open the site at 127.0.0.1:8000
	$(BIN)/qingfeng demo --port $(PORT)

# The second run is on a PostgreSQL from the wheel; pages that were looked at once are not looked at again.
test: env system check ## all tests but the slow ones, the floors that write on PostgreSQL too (installs what they need)
	$(BIN)/python -m pytest -m "not slow"
	$(BIN)/python -m pytest --postgres -m "not browser or on_postgres" $(FIRST_ON_POSTGRES)

# Three at a time: whoever looks at a page often waits for it.
test-all: env system ## after `make test`: the slow tests, and the rest of the site on PostgreSQL
	$(BIN)/python -m pytest -n 3 -m slow
	$(BIN)/python -m pytest -n 3 --postgres -m "(not browser and not slow) or on_postgres" $(THEN_ON_POSTGRES)

check: format lint types imports sql ## format, lint, types, imports, SQL

format: .make/python
	$(BIN)/ruff format --check .

lint: .make/python
	$(BIN)/ruff check .

types: .make/python
	$(BIN)/mypy

imports: .make/python
	$(BIN)/lint-imports

sql: .make/python
	$(BIN)/sqlfluff lint --disable-progress-bar src/qingfeng/screening/rules

bench: env ## measure speed and memory against plain DuckDB (docs/bench.md says how)
	$(BIN)/python -m bench

docs: env ## write the rulebook's pages to docs/rules
	$(BIN)/qingfeng rules docs docs/rules

new-rule: env ## start a rule: make new-rule ID=fuel_example WATCH=vehicle
	$(BIN)/qingfeng rules new $(ID) --watch $(WATCH)

lock: .make/python ## write the hashed locks anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --all-extras pyproject.toml --output-file requirements/lock.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-deps --no-header requirements/places.in --output-file requirements/places.txt

clean: ## remove what the recipes made (the home var/ stays)
	rm -rf .venv .make frontend/node_modules src/qingfeng/look/built src/qingfeng/look/locale
