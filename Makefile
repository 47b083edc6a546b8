# One command for everything. `make` alone lists the targets.

PYTHON ?= python3
PORT   ?= 8000
QUIET  ?=
ARGS   ?=

VENV := .venv
BIN  := $(VENV)/bin
# Node.js and npm: those of the machine, else those that setup puts into the environment.
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
SITE := hallway/site/static/hallway

# Trust whom the machine trusts: a company's proxy may have a certificate of its own.
CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(CERTIFICATES),)
export NODE_EXTRA_CA_CERTS ?= $(CERTIFICATES)
export UV_SYSTEM_CERTS ?= 1
endif

SOURCES  := $(shell find frontend -name node_modules -prune -o -type f ! -name '.*' -print 2>/dev/null) \
            $(shell find hallway -name '*.html' -o -name apps.py 2>/dev/null)  # the icons they name
MESSAGES := $(patsubst %.po,%.mo,$(wildcard hallway/locale/*/LC_MESSAGES/django.po))

# The commands in an environment carry its absolute path, so a moved checkout needs a new one.
ifneq ($(shell cat $(VENV)/.place 2>/dev/null),$(CURDIR))
$(shell rm -f $(VENV)/.place)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Setting up: one stamp per step, so that a second run has nothing to do -------------------

.PHONY: setup
setup: $(VENV)/.installed $(VENV)/.built $(MESSAGES) ## Install everything into .venv and build the frontend
	@:

$(VENV)/.place:
	@scripts/make_environment "$(PYTHON)" "$(VENV)"

$(VENV)/.tools: requirements-build.txt $(VENV)/.place
	@echo "Installing the build tools"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.txt
	@touch $@

$(VENV)/.installed: requirements.txt pyproject.toml $(VENV)/.tools
	@scripts/install "$(BIN)" --require-hashes -r requirements.txt
	@scripts/install "$(BIN)" --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.node: requirements-node.txt $(VENV)/.tools
	@scripts/make_node "$(BIN)"
	@touch $@

$(VENV)/.packages: frontend/package-lock.json frontend/package.json $(VENV)/.node
	@echo "Installing the frontend's packages"
	@cd frontend && $(NODE) npm ci --loglevel=error --no-audit --no-fund </dev/null
	@touch $@

# The prerequisite on $(SITE) notices when somebody removed what was built.
$(VENV)/.built: $(SOURCES) $(VENV)/.packages | $(SITE)
	@echo "Building styles, scripts and icons"
	@cd frontend && $(NODE) npm run --silent build
	@touch $@

$(SITE):
	@rm -f $(VENV)/.built
	@mkdir -p $@

%.mo: %.po scripts/messages.py $(VENV)/.tools
	@$(BIN)/python scripts/messages.py compile $<

# --- Running ----------------------------------------------------------------------------------

.PHONY: demo demo-reset run
demo: setup ## Show Hallway with a made-up company (PORT=8000, QUIET=1 without live activity)
	@$(BIN)/hallway demo --port $(PORT) $(if $(QUIET),--quiet)

demo-reset: setup ## Put the made-up company back to its first day
	@$(BIN)/hallway demo --reset

run: setup ## Run Hallway for a real company (PORT=8000)
	@$(BIN)/hallway run --port $(PORT)

# --- Testing ----------------------------------------------------------------------------------

$(VENV)/.dev: requirements-dev.txt $(VENV)/.installed
	@scripts/install "$(BIN)" --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: test check format
test: check ## Run checks, then all tests on SQLite and on PostgreSQL (ARGS="tests/people -x")
	@scripts/need_packages chromium:chromium postgres:postgresql
	@echo "Tests on SQLite" && $(BIN)/python scripts/run_tests.py sqlite $(ARGS)
	@echo "Tests on PostgreSQL" && $(BIN)/python scripts/run_tests.py postgresql $(ARGS)

check: setup $(VENV)/.dev ## Check format, rules, types, floors, migrations and translations
	@$(BIN)/ruff format --check --quiet . || { echo "Run \`make format\`."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/python scripts/lint_house.py
	@$(BIN)/lint-imports --no-logo --cache-dir $(VENV)/.imports
	@HALLWAY_DATA=$(VENV)/.check $(BIN)/mypy --cache-dir $(VENV)/.mypy
	@HALLWAY_DATA=$(VENV)/.check $(BIN)/django-admin makemigrations --check --dry-run --settings hallway.settings
	@$(BIN)/python scripts/messages.py check
	@cd frontend && $(NODE) npm run --silent check

format: $(VENV)/.dev ## Format the code and repair what can be repaired
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

# --- Measuring and showing --------------------------------------------------------------------

.PHONY: simulate bench screenshots
simulate: setup ## Play a town hall with simulated people (PEOPLE=1000, SECONDS=60, ARGS=--report=FILE)
	@$(BIN)/hallway simulate all --people $(or $(PEOPLE),1000) --seconds $(or $(SECONDS),60) $(ARGS)

bench: setup $(VENV)/.dev ## Measure, as ratios in one run (ARGS=…)
	@$(BIN)/python -m bench $(ARGS)

screenshots: setup $(VENV)/.dev ## Take the pictures of the documentation anew
	@scripts/need_packages chromium:chromium \
		/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf:fonts-noto-color-emoji \
		/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc:fonts-noto-cjk
	@$(BIN)/python scripts/screenshots.py $(ARGS)

# --- Shipping ---------------------------------------------------------------------------------

.PHONY: wheel image
wheel: setup ## Build dist/hallway-….whl, with which `pip install` alone gives a working hallway
	@rm -f dist/hallway-*.whl
	@$(BIN)/python -m hatchling build --target wheel --directory dist

image: ## Build the container image hallway (ENGINE=podman for another than docker)
	@$(or $(ENGINE),docker) build --file deploy/Containerfile --tag hallway .

# --- Keeping ----------------------------------------------------------------------------------

.PHONY: messages requirements clean
messages: setup ## Collect new texts into the translation files
	@$(BIN)/python scripts/messages.py collect

requirements: $(VENV)/.tools ## Renew the hashed requirements from the *.in files (ARGS=--upgrade)
	@scripts/pin "$(BIN)" $(ARGS)

clean: ## Remove all that was installed or built; data stays
	rm -rf $(VENV) frontend/node_modules $(SITE) build dist *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find hallway -name '*.mo' -delete
	find hallway tests scripts bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
