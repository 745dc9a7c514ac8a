# One word per task. Needs Python 3.11 or newer, make and a package index; everything else goes into .venv.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
EXAMPLES ?= 5000
READY  := $(VENV)/.ready

.PHONY: demo picture test test-full test-deps fuzz check format bench clean

$(READY): pyproject.toml enrich_cli/__init__.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $@

demo: $(READY)  ## the main job on sample data, with the built-in sandbox
	$(BIN)/enrich-cli --quiet --db $(VENV)/demo.db set-tier pro
	$(BIN)/enrich-cli --db $(VENV)/demo.db enrich sample_data/customers.csv --sandbox -o $(VENV)/demo.csv

picture: $(READY)  ## the picture in the README, of a real run
	$(BIN)/python -m tests.picture

test: check  ## checks and tests, under five minutes
	$(BIN)/pytest -m "not slow" -n auto --dist worksteal

test-full: $(READY)  ## what takes longer: crashes, load, servers
	$(BIN)/pytest -m slow -n auto --dist worksteal

fuzz: $(READY)  ## whatever may come: EXAMPLES inputs for each vendor's parser, the CSV reader and the header mapper
	FUZZ_EXAMPLES=$(EXAMPLES) $(BIN)/pytest tests/fuzz -n auto --timeout 0 --hypothesis-show-statistics

# Servers are installed, never started: the tests start their own.
test-deps:  ## Debian packages that some tests need: servers, a browser
	apt-get update
	RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
		postgresql mariadb-server chromium chromium-driver

check: $(READY)  ## lint, format, types, rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## ratios to references, in one run
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV)
