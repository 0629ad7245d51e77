# Every way into this house. "make" alone sets up what is missing and builds the drafts.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all setup check test quick bench lock clean help

PYTHON := .venv/bin/python
STAMP := .venv/requirements.lock

all: setup ## Entwürfe bauen (PDF und DOCX nach output/)
	@./build.py build

setup: $(STAMP) ## Arbeitsumgebung einrichten (geschieht sonst von selbst)
	@:

# The stamp is a copy of the lock, written when all is installed.
$(STAMP): requirements.lock scripts/setup.sh
	@scripts/setup.sh

check: setup ## Angaben und Texte prüfen, ohne etwas zu bauen
	@./build.py check

test: setup lint ## alle Prüfungen des Programms (Stil, Typen, Tests)
	$(PYTHON) -m pytest -n 2

quick: setup lint ## wie test, ohne die langsamen Läufe
	$(PYTHON) -m pytest -n 2 -m "not slow"

.PHONY: lint
lint: setup
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy

bench: setup ## Geschwindigkeit messen (über eine Stunde; auf einem sonst unbenutzten Rechner)
	$(PYTHON) -m benchmarks.pdf

lock: setup ## requirements.lock aus pyproject.toml neu berechnen (UPGRADE=1: neueste Versionen)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## Erzeugtes löschen (außer der Arbeitsumgebung .venv)
	@test ! -d output || find output -mindepth 1 -maxdepth 1 ! -name .gitkeep -exec rm -rf {} +
	@rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name .venv -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

help: ## diese Übersicht
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile
