# Two commands do everything on a bare machine with Python 3.11, make and git: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR ?= var/sample
.DEFAULT_GOAL := help
.PHONY: help setup run test lint format bench

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.ready: requirements.lock bootstrap.lock pyproject.toml
	@sh .ci/make-venv "$(PYTHON)" "$(VENV)"
	@touch $@

setup: $(VENV)/.ready ## build .venv from the hash-pinned lock

$(HOME_DIR)/orchard.toml: | setup
	$(BIN)/orchard sample --out $(HOME_DIR)

run: setup $(HOME_DIR)/orchard.toml ## set up, make the sample trust, run the night, serve both apps and Dagster
	@$(BIN)/orchard refresh --home $(HOME_DIR); code=$$?; [ $$code -le 1 ] || exit $$code
	$(BIN)/orchard serve --home $(HOME_DIR)

test: setup ## set up and run every test
	@sh .ci/browser
	@sh .ci/postgresql
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: setup ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup ## let ruff arrange the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## time the night beside its floor
	$(BIN)/python -m tests.benchmarks.night
