# The household of the journal. `make` alone lists what there is.
#
#   make demo PORT=8765                    another port
#   make test PYTHON=python3.13            another interpreter, 3.11 or newer
#   make test ARGS="tests/articles -k slug"   some of the quick tests
#   make test-all ARGS="-m hosts"          one of the slow tiers, see docs/testing.md

PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
TEST_VENV ?= .venv-test
NEXT_VENV ?= .venv-next
WORKERS ?= auto
ARGS ?=
VNU ?= node_modules/vnu-jar/build/dist/vnu.jar

TOOLS = $(TEST_VENV)/bin
TEMPLATES = articles themes site

# Python keeps what it has compiled, even where the environment says otherwise, as in many containers:
# each process of the tests compiles all of them anew without.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-next coverage test-postgresql e2e hosts screens guide-pictures documents markup lint format messages bench bench-peers journeys docs build check-build check-lock licences

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## fill a journal with articles and serve it on PORT
	$(VENV)/bin/python manage.py demo $(PORT)

test: $(TEST_VENV)/.installed ## run the quick tests, which need nothing but Python
	$(TOOLS)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow" $(ARGS)

test-all: $(TEST_VENV)/.installed ## run all tests, those in a browser or on PostgreSQL where there is one
	$(TOOLS)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-next: $(NEXT_VENV)/.installed ## run the quick tests on the newest release or pre-release of Wagtail
	$(NEXT_VENV)/bin/python -m tests.next_wagtail -n $(WORKERS) --dist worksteal -m "not slow" $(ARGS)

coverage: $(TEST_VENV)/.installed ## measure the branches that all tests but those in a browser take
	$(TOOLS)/python -m coverage erase
	$(TOOLS)/python -m coverage run -m pytest -n 0 -m "not e2e" $(ARGS)
	$(TOOLS)/python -m coverage combine --quiet
	$(TOOLS)/python -m coverage report

test-postgresql: $(TEST_VENV)/.installed ## run the tests of search, concordance and page cache, or ARGS, on a PostgreSQL of their own
	$(TOOLS)/python -m tests.postgresql -n $(WORKERS) --dist worksteal $(or $(ARGS),tests/articles/search tests/articles/caching tests/articles/translation_tools/concordance)

e2e: $(TEST_VENV)/.installed ## run the tests in a browser only
	$(TOOLS)/python -m pytest -m e2e $(ARGS)

hosts: $(TEST_VENV)/.installed ## build projects that install the wheel, in fresh environments, and use it in each (needs a network)
	$(TOOLS)/python -m tests.hosts $(ARGS)

screens: $(TEST_VENV)/.installed ## take pictures of every page in every theme, into var/screens
	PYTHONPATH=.:site $(TOOLS)/python -m tests.screens $(ARGS)

guide-pictures: $(TEST_VENV)/.installed ## take the pictures of the guides anew, into docs/images
	PYTHONPATH=.:site $(TOOLS)/python -m tests.guide_pictures $(ARGS)

documents: $(TEST_VENV)/.installed ## show pasted texts and Word files beside the articles made of them, in var/screens/documents
	PYTHONPATH=.:site $(TOOLS)/python -m tests.screens.documents $(ARGS)

markup: $(TEST_VENV)/.installed ## check every page of the demo with VNU, the Nu HTML checker (needs Java)
	PYTHONPATH=.:site $(TOOLS)/python -m tests.markup $(VNU) $(ARGS)

lint: $(TEST_VENV)/.installed ## check style, templates, scripts, imports, catalogues and migrations
	$(TOOLS)/python -m ruff check .
	$(TOOLS)/python -m ruff format --check .
	$(TOOLS)/python -m djhtml --check --tabwidth 2 $(TEMPLATES)
	$(TOOLS)/python -m curlylint --quiet $(TEMPLATES)
	$(TOOLS)/oxlint --quiet articles themes
	PYTHONPATH=.:site $(TOOLS)/lint-imports --no-logo
	$(TOOLS)/python manage.py diptych_catalogues --check
	$(TOOLS)/python manage.py makemigrations --check --dry-run

format: $(TEST_VENV)/.installed ## put Python and templates into the form that lint asks for
	$(TOOLS)/python -m ruff check --fix .
	$(TOOLS)/python -m ruff format .
	$(TOOLS)/python -m djhtml --tabwidth 2 $(TEMPLATES)

messages: $(TEST_VENV)/.installed ## collect new words for the translators (needs GNU gettext)
	$(TOOLS)/python manage.py diptych_catalogues --extract

bench: $(TEST_VENV)/.installed ## count queries and time the pages readers and editors use
	PYTHONPATH=.:site $(TOOLS)/python benchmarks/run.py $(ARGS)

bench-peers: $(TEST_VENV)/.installed ## compare what pages cost with other Wagtail sites, or by the size of the journal
	PYTHONPATH=.:site $(TOOLS)/python -m benchmarks.peers $(ARGS)

docs: .venv-docs/.installed ## build the documentation as a site into var/docs
	.venv-docs/bin/python -m mkdocs build --strict --quiet

journeys: $(TEST_VENV)/.installed ## count the files, functions and queries of publishing and translating
	PYTHONPATH=.:site $(TOOLS)/python -m benchmarks.journeys $(ARGS)

build: .venv-build/.installed ## build the plugin's wheel into dist/
	.venv-build/bin/python -m build --wheel --no-isolation

check-lock: $(TEST_VENV)/.installed ## see whether requirements.lock has all that this Python needs, with checksums
	$(TOOLS)/python -m pip install --quiet --disable-pip-version-check --dry-run --ignore-installed --require-hashes --requirement requirements.lock

licences: $(TEST_VENV)/.installed ## write the licences of what requirements.lock names into docs/licences.md
	$(TOOLS)/python -m tests.lock

check-build: .venv-docs/.installed ## check what is in dist/ as the package index does
	.venv-docs/bin/python -m twine check --strict dist/*
	.venv-docs/bin/check-wheel-contents dist/*.whl

# An environment counts as installed until a requirements file changes.

define install
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: PYTHON=… names another one." if sys.version_info < (3, 11) else 0)'
	@$(1)/bin/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(1)
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(2)
	@touch $@
endef

$(VENV)/.installed: requirements.txt
	$(call install,$(VENV),requirements.txt)

.venv-docs/.installed: requirements-docs.txt
	$(call install,.venv-docs,requirements-docs.txt)

.venv-build/.installed: requirements-build.txt
	$(call install,.venv-build,requirements-build.txt)

$(TEST_VENV)/.installed $(NEXT_VENV)/.installed: requirements.txt requirements-production.txt requirements-build.txt requirements-dev.txt
	$(call install,$(@D),requirements-dev.txt)
