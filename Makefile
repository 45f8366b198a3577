# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make run     set up, then read the articles that the project ships and publish the marts
#   make test    set up, then run the tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run dev test lint format docs scores lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## Create .venv with the pinned packages

$(READY): requirements.lock pyproject.toml scripts/setup
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/setup
	@touch $(READY)

run: $(READY) ## Set up, then one run on the configured sources (the samples at first)
	@$(BIN)/entente run

dev: $(READY) ## Set up, then open the Dagster UI
	@$(BIN)/entente dev

test: $(READY) ## Set up, then run the tests
	@$(BIN)/python -m pytest

lint: $(READY) ## Check style, types, SQL and lexicons
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests
	@$(BIN)/python scripts/data_dictionary.py --check
	@$(BIN)/python -m pipelines.lexicons.check

format: $(READY) ## Put code into the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --disable-progress-bar dbt_project/models dbt_project/tests

docs: $(READY) ## Write docs/data_dictionary.md anew from the yml files of the models
	@$(BIN)/python scripts/data_dictionary.py

scores: $(READY) ## Score the reading on all gold files and add the table to docs/scores.md
	@$(BIN)/python benchmarks/quality.py --keep

lock: $(READY) ## Write requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile --universal --python-version 3.11 --extra dev --upgrade \
		--no-annotate --no-header \
		-o requirements.lock pyproject.toml --quiet

clean: ## Remove .venv and what tools left behind (never the data)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache dbt_project/target dbt_project/logs *.egg-info
