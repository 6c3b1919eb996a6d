# Two commands do all their own set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# Where the scans lie that models are trained and judged on.
DATA   ?= ../shared/data

.PHONY: demo test lint benchmark models folds clean

demo: $(VENV)/.installed
	$(BIN)/isthmus demo

test: $(VENV)/.installed-test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmark: $(VENV)/.installed
	$(BIN)/python benchmarks/window.py
	$(BIN)/python benchmarks/codec.py

# How the weights in models/ were made: hours. Each run can be stopped and goes on where it was.
models: $(addprefix runs/,linear-dct-2 mr-general-3 classic-ae-1)

# Short trainings on two of four patients, for benchmarks/held-out.toml.
folds: $(addprefix runs/held-out/,fold-a fold-b)

runs/%: $(VENV)/.installed-test again
	$(BIN)/isthmus train models/recipes/$*.toml --data $(DATA) --out $@

.PHONY: again
again:

clean:
	rm -rf $(VENV)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	# Compiles the entropy coder, so that the first start need not.
	$(BIN)/python -c 'import isthmus; isthmus.load().warm_up()'
	touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

$(VENV)/.installed-lint: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	touch $@
