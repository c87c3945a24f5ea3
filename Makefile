# `make html` builds the archive, `make serve` shows it. `make` alone lists all targets.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
SERVER ?= 0.0.0.0
ARTICLES ?= 500
SEED ?= 1
CONFFILE ?= pelicanconf.py
PUBLISHCONF ?= publishconf.py
OUTPUTDIR ?= output
DEMO ?= demo
DATA ?= $(NEWSARCHIVE_DATA)
GITHUB_PAGES_BRANCH ?= gh-pages

PELICANOPTS ?=
ifeq ($(DEBUG), 1)
PELICANOPTS += -D
endif

.DEFAULT_GOAL := help
.PHONY: help html clean regenerate serve serve-global devserver devserver-global publish size github demo test coverage bench evaluate audit sbom

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

html: $(VENV)/ready ## import content/dumps and build the site into output/
	@$(BIN)/newsarchive html -s $(CONFFILE) -o $(OUTPUTDIR)

clean: ## remove the built site and everything that can be made again
	rm -rf $(OUTPUTDIR) .newsarchive $(DEMO)

regenerate: $(VENV)/ready ## build again whenever something changes
	$(BIN)/pelican -r content -o $(OUTPUTDIR) -s $(CONFFILE) $(PELICANOPTS)

serve: $(VENV)/ready ## show output/ at http://127.0.0.1:8000 (PORT=...)
	$(BIN)/pelican -l content -o $(OUTPUTDIR) -s $(CONFFILE) -b 127.0.0.1 -p $(PORT) $(PELICANOPTS)

serve-global: $(VENV)/ready ## show output/ to the whole network (SERVER=0.0.0.0 PORT=...)
	$(BIN)/pelican -l content -o $(OUTPUTDIR) -s $(CONFFILE) -b $(SERVER) -p $(PORT) $(PELICANOPTS)

devserver: $(VENV)/ready ## show output/ and build again whenever something changes
	$(BIN)/pelican -lr content -o $(OUTPUTDIR) -s $(CONFFILE) -b 127.0.0.1 -p $(PORT) $(PELICANOPTS)

devserver-global: $(VENV)/ready ## the same, to the whole network
	$(BIN)/pelican -lr content -o $(OUTPUTDIR) -s $(CONFFILE) -b $(SERVER) -p $(PORT) $(PELICANOPTS)

publish: $(VENV)/ready ## build with the public address (SITEURL=https://...)
	@$(BIN)/newsarchive html -s $(PUBLISHCONF) -o $(OUTPUTDIR)

size: $(VENV)/ready ## compare output/ with what hosts take; with HOST=github plan the shards it needs, before a build
	@$(BIN)/newsarchive size $(if $(HOST),--plan -s $(CONFFILE) --host $(HOST),$(OUTPUTDIR))

github: publish ## put output/ on the branch gh-pages and push it
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check ghp-import==2.1.0
	$(BIN)/python -m ghp_import -n -m "Publish archive" -b $(GITHUB_PAGES_BRANCH) $(OUTPUTDIR)
	git push origin $(GITHUB_PAGES_BRANCH)

demo: $(VENV)/ready ## build and serve an invented archive (ARTICLES=500 SEED=1)
	@$(BIN)/python -m bench.demo --articles $(ARTICLES) --seed $(SEED) --folder $(DEMO)
	@$(MAKE) --no-print-directory html serve CONFFILE=$(DEMO)/democonf.py OUTPUTDIR=$(DEMO)/output

test: $(VENV)/tested ## set up what the tests need and run them all
	@BIN=$(BIN) sh tests/run

coverage: $(VENV)/tested ## run the Python tests and list lines and branches none of them reaches
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest; code=$$?; $(BIN)/coverage combine --quiet; $(BIN)/coverage report; exit $$code

bench: $(VENV)/tested ## measure speed, memory and quality against peers
	@$(BIN)/python -m bench

evaluate: $(VENV)/ready ## hold what is read from records against what a person read (DATA=folder with dumps/GOLD.jsonl)
	@$(BIN)/python -m bench.evaluate $(if $(DATA),"$(DATA)")

audit: $(VENV)/ready ## ask the advisory database about every pinned package (needs the network)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.txt

sbom: $(VENV)/ready ## write sbom.json: what the program runs on, as a CycloneDX bill of materials
	@$(BIN)/python -m bench.sbom > sbom.json

$(VENV)/ready: pyproject.toml requirements.txt
	@echo "setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newsarchive needs Python 3.11 or newer; name one with make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/tested: $(VENV)/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@
