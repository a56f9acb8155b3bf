# govbrief: everything a person types. 'make demo' and 'make test' need Python 3.11 or newer with venv, and make.

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
RUN     = PYTHONPATH="$(CURDIR)" $(BIN)/python
HOME_FOLDER ?= govbrief-demo
SERVE  ?= 1
PORT   ?=
DAY    ?=
# Tests at once: many of them wait for a server, so there are more of them than cores; each takes 1.5 GB.
WORKERS ?= $(shell awk '/^MemAvailable/ {print ($$2 > 12000000) ? 5 : 3}' /proc/meminfo 2>/dev/null || echo 3)

.PHONY: help demo test drills check format docs screenshots lock wheel clean

help:
	@echo "make demo         the sample province from crawl to dashboard (SERVE=0: stop after publishing; PORT=8600; DAY=1)"
	@echo "make test         all tests, with what they need installed first (WORKERS=3: so many at once)"
	@echo "make drills       the long forms of tests: sixty days, thirty nights of forty sites, forty kills (half an hour)"
	@echo "make check        lint, types, import directions, manuals against the program"
	@echo "make format       lay out the code"
	@echo "make docs         write the reference manuals and the README's measured figures from the program"
	@echo "make screenshots  the pictures in docs/images"
	@echo "make lock         pin the dependencies anew"
	@echo "make wheel        a wheel in dist/"
	@echo "make clean        remove what the above built, the demo's home too"

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "govbrief needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what govbrief needs into $(VENV), once; this takes one to three minutes."
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test-ready: requirements-test.txt $(VENV)/.run-ready
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

demo: $(VENV)/.run-ready
	@exec $(BIN)/govbrief demo --home "$(HOME_FOLDER)" $(if $(filter 0,$(SERVE)),--no-serve) $(if $(PORT),--port $(PORT)) $(if $(DAY),--day $(DAY))

test: $(VENV)/.test-ready
	$(RUN) -m tests.needs
	$(RUN) -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

drills: $(VENV)/.test-ready
	$(RUN) -m tests.needs
	$(RUN) -m pytest -m drill --numprocesses $(WORKERS)

check: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(RUN) -m pytest tests/test_imports.py tests/test_docs.py

format: $(VENV)/.test-ready
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

docs: $(VENV)/.run-ready
	$(RUN) -m dashboard.commands.reference --write docs

screenshots: $(VENV)/.test-ready
	$(RUN) -m dashboard.screenshots

lock: | $(BIN)/python
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install -qq --disable-pip-version-check uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 pyproject.toml -o requirements.txt
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 --extra test pyproject.toml -o requirements-test.txt
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 classify/bench/annif-requirements.in -o classify/bench/annif-requirements.txt
	rm -rf $(VENV)-lock

wheel: $(VENV)/.test-ready
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .

clean:
	rm -rf $(VENV) $(VENV)-lock build dist govbrief-demo *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
