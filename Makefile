# One word per task. Needs Python 3.11 or newer, make and a package index; the rest is installed into .venv and the like.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := .venv-tools
LOWEST := .venv-lowest
PEERS  := .venv-bench
PIP    := python -m pip --quiet --disable-pip-version-check
# A file of exact versions with hashes, such as .ci/requirements.txt; without it the newest are installed.
LOCK   ?=
COMPILE = $(TOOLS)/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --generate-hashes \
	--no-emit-index-url --no-annotate --python-version 3.11 --custom-compile-command "make lock" --group build --group dev
# How many inputs `make fuzz` tries for each vendor and each reader.
EXAMPLES ?= 5000
# The benchmarks that `make bench` runs; by default all.
NAMES  ?=

.PHONY: demo picture test test-full test-lowest test-deps fuzz check format bench bench-quick profile audit lock clean

# With a lock file, only what it lists is installed: it must include everything that pyproject.toml asks for.
$(READY): pyproject.toml enrich_cli/__init__.py $(LOCK)
	$(PYTHON) -m venv $(VENV)
ifeq ($(LOCK),)
	$(BIN)/$(PIP) install --upgrade 'pip>=25.1'
	$(BIN)/$(PIP) install --editable . --group dev
else
	$(BIN)/$(PIP) install --require-hashes --requirement $(LOCK)
	$(BIN)/$(PIP) install --no-index --no-build-isolation --editable . --group dev
endif
	touch $@

$(TOOLS)/.ready: Makefile
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/$(PIP) install --upgrade 'uv>=0.8' 'pip-audit>=2.9'
	touch $@

$(LOWEST)/.ready: pyproject.toml enrich_cli/__init__.py .ci/lowest.txt
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/$(PIP) install --require-hashes --requirement .ci/lowest.txt
	$(LOWEST)/bin/$(PIP) install --no-index --no-build-isolation --editable . --group dev
	touch $@

# Programs that benchmarks are compared with or made with; the project itself does not need them.
$(PEERS)/.ready: Makefile
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/$(PIP) install --upgrade 'minet>=4.2' 'py-spy>=0.4'
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

# The quick tests of the rooms that use libraries, and two end-to-end tests: together they use every dependency.
test-lowest: $(LOWEST)/.ready  ## with the lowest versions that pyproject.toml allows
	$(LOWEST)/bin/pytest -m "not slow" -n auto --dist worksteal tests/test_settings.py \
		$(addprefix tests/,cli console databases gateway matching outputs providers sources store sandbox/test_words.py) \
		$(addprefix tests/e2e/test_,enrich.py first_steps.py)

fuzz: $(READY)  ## EXAMPLES random inputs for each vendor's parser, the CSV reader and the header mapper
	FUZZ_EXAMPLES=$(EXAMPLES) $(BIN)/pytest tests/fuzz -n auto --timeout 0 --hypothesis-show-statistics

# Servers are installed but not started: the tests start their own.
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

bench: $(READY) $(PEERS)/.ready  ## ratios to references, in one run: an hour and more, and 20 GB of temporary files
	$(BIN)/python -m tests.bench $(NAMES)

bench-quick: $(READY)  ## a few of them, at smaller sizes, in a minute
	$(BIN)/python -m tests.bench --quick

profile: $(READY) $(PEERS)/.ready  ## where a run's time goes: flame graphs in .bench, the hottest lines here
	$(BIN)/python -m tests.bench.profile

# Strict: otherwise packages that the advisory service does not know would be skipped silently.
audit: $(READY) $(TOOLS)/.ready  ## known vulnerabilities in what is installed; needs the advisory service of PyPI
	$(BIN)/$(PIP) freeze --all --exclude-editable > $(TOOLS)/installed.txt
	$(TOOLS)/bin/pip-audit --strict --disable-pip --no-deps --progress-spinner off --requirement $(TOOLS)/installed.txt

# uv does not read pip's configuration.
lock: export UV_DEFAULT_INDEX = $(or $(PIP_INDEX_URL),$(shell $(TOOLS)/bin/pip config get global.index-url 2>/dev/null))
lock: $(TOOLS)/.ready  ## newest and lowest versions for CI, with hashes, without the index they came from
	$(COMPILE) --output-file .ci/requirements.txt
	$(COMPILE) --output-file .ci/lowest.txt --resolution lowest-direct --all-extras

clean:
	rm -rf $(VENV) $(TOOLS) $(LOWEST) $(PEERS) .bench
