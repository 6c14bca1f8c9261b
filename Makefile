# Gongkai: the commands of the house. A bare Debian with Python 3.11, make and git is enough for all of them.
SHELL := /bin/bash
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export GONGKAI_HOME ?= ./var
export PORT ?= 8000

.PHONY: demo demo-reset test check bench docs lock format

demo: $(STAMP)
	@$(BIN)/python -m tools.demo up

demo-reset: $(STAMP)
	@$(BIN)/python -m tools.demo reset

test: $(STAMP)
	@$(BIN)/python -m tools.testing.run

check: $(STAMP)
	@$(BIN)/python -m tools.testing.run --static-only

bench: $(STAMP)
	@$(BIN)/python -m benchmarks

docs: $(STAMP)
	@$(BIN)/python -m tools.docs

format: $(STAMP)
	@$(BIN)/ruff check --fix-only src tests tools benchmarks
	@$(BIN)/ruff format src tests tools benchmarks

# The lock is made by uv (universal, with hashes); users install it with pip from their own index.
lock:
	uv pip compile --universal --generate-hashes --no-annotate --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

$(STAMP): requirements.lock pyproject.toml tools/prepare.sh
	@PYTHON=$(PYTHON) bash tools/prepare.sh $(VENV)
	@touch $(STAMP)
