# Every verb works alone on a fresh clone: what it needs, it makes first.
#   make serve   the live book on this machine       make test    every check
# Settings: PYTHON=python3.12  PORT=8123  WORKERS=4  CHROMIUM=/path/to/chrome

PORT    ?= 8000
# One more than the cores for which this was measured: one of them always waits.
WORKERS ?= 3
VENV    := .venv
BIN     := $(VENV)/bin
BOOK    := _build/html
CASES   := $(wildcard cases/*.ipynb)
SHOWN   := $(CASES) $(wildcard book/*.ipynb) $(wildcard book/editing/*.ipynb) $(wildcard book/teach/*.ipynb)

# The first of these that is Python 3.11 to 3.13 and can make an environment.
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
  >/dev/null 2>&1 && echo $$p && break; done)
endif

.DEFAULT_GOAL := help
.PHONY: help serve test lab lite test-lite test-exhaustive test-package build notebooks format check bench schemas messages pseudo \
  bundles bundles-same screenshot browser clean

help:
	@echo "make serve      build the book, serve it on 127.0.0.1:$(PORT), follow every edit"
	@echo "make test       every check: bundles, style, knowledge, book, tests, notebooks"
	@echo "make lab        the cases in JupyterLab"
	@echo "make lite       the book with an editor in the browser; make lite serve shows it"
	@echo "make build      the book, into $(BOOK)"
	@echo "make test-lite  the checks of that editor, which make test leaves out"
	@echo "make test-exhaustive  what explains, and urgency, over every state that two changes of a case reach"
	@echo "make test-package  the wheel in clean environments, with every Python that is found and every extra"
	@echo "make notebooks  run every notebook again and store its outputs"
	@echo "make format     bring code and notebooks into the house style"
	@echo "make check      knowledge, cases, style, types, and the walks of the page's engine"
	@echo "make bench      the benchmarks"
	@echo "make schemas    the schemas by which an editor completes and underlines"
	@echo "make messages   the catalogue of sentences, compiled for Python and the page"
	@echo "make pseudo     the book with an accent on every letter that a translator would reach"
	@echo "make bundles    rebuild the scripts and styles in widgets/static"
	@echo "make screenshot the picture in the README"
	@echo "make clean      remove everything that these commands made"

# ── Set-up ────────────────────────────────────────────────────────────────────

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "No Python 3.11 to 3.13 with venv was found on PATH. Install one (on Debian: python3 and" >&2; \
	  echo "python3-venv), or name one: make PYTHON=/path/to/python3.12 serve" >&2; exit 1; fi
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  f"{sys.executable} is Python {sys.version.split()[0]}; the book needs 3.11 or later.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.reader: requirements.txt constraints.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.reader
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

$(VENV)/.lite: requirements-lite.txt $(VENV)/.reader
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-lite.txt -c constraints.txt
	@touch $@

node_modules/.ready: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm was not found on PATH: install Node 20 or later." >&2; exit 1; }
	npm ci --silent --no-audit --no-fund
	@touch $@

# A browser is found, or installed; CHROMIUM names another.
browser: $(VENV)/.dev
	@$(BIN)/python tests/support/install.py

# ── For readers ───────────────────────────────────────────────────────────────

build: $(VENV)/.reader
	$(BIN)/jupyter-book build . --quiet

serve: $(VENV)/.reader
	@$(BIN)/python -m publish.preview --port $(PORT)

lab: $(VENV)/.reader
	$(BIN)/jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/book/editing/start-here.ipynb

# The editor first: the pages of the cases lead to it only if it is there, and made of what they are made of.
lite: $(VENV)/.lite node_modules/.ready
	$(BIN)/python -m publish.lite
	$(BIN)/jupyter-book build . --quiet

# ── For those who change something ────────────────────────────────────────────

notebooks: $(VENV)/.reader
	$(BIN)/python -m publish.notebooks $(SHOWN)

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: $(VENV)/.dev node_modules/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	npm run --silent check
	npm run --silent test
	$(BIN)/casebook check

schemas: $(VENV)/.reader
	$(BIN)/casebook schemas

messages: $(VENV)/.reader
	$(BIN)/python -m casebook.messages.compiler

pseudo: $(VENV)/.reader node_modules/.ready
	$(BIN)/python -m publish.pseudo

bundles: node_modules/.ready
	npm run --silent build

bundles-same: node_modules/.ready
	rm -rf _build/bundles
	npm run --silent build -- --out _build/bundles
	@diff -r -q widgets/static _build/bundles || { \
	  echo "The committed bundles differ from their sources: run make bundles, commit." >&2; exit 1; }

# Some hundred processes of Python start in the tests: each would compile every module and compose every file again.
test: export PYTHONDONTWRITEBYTECODE =

# What is quickly told goes first; the first test that needs the book builds it anew, and a fault in it ends them all.
test: $(VENV)/.dev node_modules/.ready browser
	@$(MAKE) --no-print-directory -j2 bundles-same check
	@rm -f _build/html/index.html
	$(BIN)/python -m pytest \
	  -n $(WORKERS) --dist loadscope --no-loadscope-reorder --nbval --nbval-current-env tests $(SHOWN) \
	  --ignore=tests/e2e/test_lite.py

# Apart, because Python takes its time to start in a browser, once a test.
test-lite: $(VENV)/.dev browser lite
	$(BIN)/python -m pytest tests/e2e/test_lite.py

# A sample of these states is in make test; here all of them, shared out between the workers.
test-exhaustive: $(VENV)/.dev browser
	EVERY_STATE=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup \
	  tests/unit/casebook/explain tests/unit/casebook/inference/test_urgency.py tests/parity

# One Python and no extras are in make test; here each Python from 3.11 to 3.13 that is found, and every extra.
test-package: $(VENV)/.dev
	EVERY_PYTHON=1 $(BIN)/python -m pytest -n 0 tests/package

bench: $(VENV)/.dev browser build
	$(BIN)/python -m benchmarks

screenshot: $(VENV)/.dev browser build
	$(BIN)/python book/images/screenshot.py

clean:
	rm -rf $(VENV) node_modules _build build *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
