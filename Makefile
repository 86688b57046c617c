# demo and test set up everything they need; nothing here depends on your shell.
#   make demo    the example plans evaluated and printed, then the web application at http://localhost:8000/
#   make test    lint, then every test, those of the web application on PostgreSQL too
#   make lint    formatting, style, types, import contracts
#   make prove   what make test holds with samples, at full size; goes on where it was broken off; results in docs/proofs.md
#   make mutate  faults planted into the engine one by one, and whether its tests see them; goes on where it was broken off
#   make bench   measurements, with LibreOffice on the same workbook beside ours
#   make docs    the generated pages: docs/findings.md, glossary.md, package.md
#   make advisories  known faults of the pinned libraries, from a public list; needs the network
#   make examples  the example packages, the register and tests/facts.json, from the hand-read documents beside the checkout
# PYTHON=/path/to/python3.11 picks another interpreter; ARGS="-k totals" goes on to pytest, samrit or the benchmarks.

.PHONY: demo test lint prove mutate bench docs advisories examples
.DELETE_ON_ERROR:
SHELL := /bin/sh
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV PYTEST_ADDOPTS
export LC_ALL := C.UTF-8
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PYTHON ?=
VENV := .venv
RUN := $(VENV)/bin/python
# The stamps carry the checkout's place, since an environment cannot be moved.
PLACE := $(shell printf '%s' "$(CURDIR)" | cksum | cut -d' ' -f1)
READY := $(VENV)/ready-$(PLACE)
DEV := $(VENV)/ready-dev-$(PLACE)

demo: $(READY)
	@$(VENV)/bin/samrit demo $(ARGS)

test: lint
	@sh tools/debian-packages.sh libreoffice-calc libreoffice-writer poppler-utils chromium postgresql
	@sh tools/debian-packages.sh chromium-headless-shell
	@sh tools/run-tests.sh $(RUN) $(ARGS)

lint: $(DEV)
	@$(RUN) -m ruff format --check --quiet . || { echo "Run: $(RUN) -m ruff format ."; exit 1; }
	@$(RUN) -m ruff check --quiet .
	@$(RUN) -m mypy
	@$(RUN) -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo --no-cache

prove: $(DEV)
	@sh tools/debian-packages.sh libreoffice-calc libreoffice-writer poppler-utils chromium postgresql
	@$(RUN) -m proofs $(ARGS)

mutate: $(DEV)
	@nice -n 19 $(RUN) -m tools.mutate $(ARGS)

bench: $(DEV)
	@sh tools/debian-packages.sh libreoffice-calc libreoffice-writer
	@sh tools/environment.sh $(VENV) requirements-rivals.txt "$(PYTHON)"
	@$(RUN) -m benchmarks $(ARGS)

docs: $(READY)
	@$(RUN) -m tools.pages

advisories: $(READY)
	@$(RUN) -m tools.advisories $(ARGS)

examples: $(DEV)
	@$(RUN) tools/make_examples.py $(ARGS)
	@$(RUN) -m tools.make_register
	@$(RUN) -m tools.facts $(ARGS)

$(READY): requirements.txt pyproject.toml
	@sh tools/environment.sh $(VENV) requirements.txt "$(PYTHON)"
	@rm -f $(VENV)/ready-*; touch $@

$(DEV): requirements-dev.txt $(READY)
	@sh tools/environment.sh $(VENV) requirements-dev.txt "$(PYTHON)"
	@touch $@
