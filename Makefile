# Les commandes du projet. « make demo » suffit pour essayer, « make test » pour vérifier.

# The first Python that is recent enough, and that really runs (some machines have names which lead nowhere).
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$name; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

.PHONY: demo test bench lint lock clean

demo: $(READY) ## Le portail sur une commune de démonstration : http://localhost:8000
	@$(BIN)/portail demo $(ARGS)

test: $(READY) ## Tous les tests, avec un navigateur, PostgreSQL et Redis
	@tests/prepare_system.sh
	$(BIN)/python -m pytest $(ARGS)

bench: $(READY) ## Les mesures, écrites dans un tableau Markdown
	@tests/prepare_system.sh
	$(BIN)/python -m bench $(ARGS)

lint: $(READY) ## Style, types et dépendances entre les couches
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

lock: $(READY) ## Recalcule requirements.lock à partir de pyproject.toml
	$(BIN)/pip-compile --quiet --all-extras --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --no-emit-options --no-header --output-file requirements.lock pyproject.toml

clean: ## Oublie l’environnement et les pages construites (les données de var/ restent)
	rm -rf $(VENV) .web

$(READY): requirements.lock pyproject.toml
	@tests/check_python.sh "$(PYTHON)"
	@echo "Installation des paquets Python dans $(VENV) (une à trois minutes la première fois)…"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --progress-bar off --disable-pip-version-check --require-hashes \
		--requirement requirements.lock
	@# setuptools warns about its own future, in a box that frightens: nothing in it concerns who installs.
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps \
		--no-build-isolation --no-index --editable .
	@touch $(READY)
	@echo "Installation terminée."
