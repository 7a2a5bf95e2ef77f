# Thin: bootstrap.py makes .venv once from the lock; the rest is one command each.
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
PYTHON ?= python
else
BIN := .venv/bin
PYTHON ?= python3
endif
ARGS ?=

.PHONY: help serve lab check test bench soak lint format lock ready ready-test

help:
	@echo "make serve    start the workbook          make serve ARGS=\"--demo\"   with an invented cohort"
	@echo "make lab      JupyterLab for authors      make test                  everything that must pass"
	@echo "make lint     ruff and mypy               make format                let ruff put it right"
	@echo "make check    is the content in order?    make lock                  renew both locks"
	@echo "make bench    measure, beside stock Voilà    make soak             half an hour under fire"

ready:
	@$(PYTHON) bootstrap.py

ready-test:
	@$(PYTHON) bootstrap.py --test

serve: ready
	@$(BIN)/workbook serve $(ARGS)

lab: ready
	@$(BIN)/workbook lab $(ARGS)

check: ready
	@$(BIN)/workbook check

lint: ready-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: ready-test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

test: lint
	$(BIN)/python tests/e2e/browsers.py
	PYTHONPATH=tests $(BIN)/python tests/deploy/proxy.py
	$(BIN)/pytest $(ARGS)
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
	WORKBOOK_DATA="$$data" $(BIN)/pytest --nbval-lax --nbval-current-env notebooks

bench: ready-test
	@PYTHONPATH=tests $(BIN)/python -m benchmarks $(ARGS)

soak: ready-test
	@PYTHONPATH=tests $(BIN)/python -m soak $(ARGS)

lock:
	@$(PYTHON) bootstrap.py --lock
