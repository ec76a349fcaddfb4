# What a developer runs. On a fresh machine with Python 3.11 or newer and make, each target sets up
# what it needs by itself; the lock files say exactly what that is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
SERVICE_SPEC := 0.1.216
CLOUDWATCH_SERVER := 0.3.1
LOCALSTACK := .venv-localstack/.installed
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet --upgrade

.DEFAULT_GOAL := help
.PHONY: help compile check test golden deploy fuzz bench docs grammars catalog lock clean

help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

compile: $(RUNTIME) ## Compile specs/ into templates/out/
	$(BIN)/watchspec compile

check: $(DEV) ## Everything but the tests: specs, output, documentation, style, types, imports
	$(BIN)/watchspec check
	$(BIN)/watchspec compile --check
	$(BIN)/python -m tools.docs --check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(DEV) $(LOCALSTACK) ## All tests, those of the specs and end to end included
	$(BIN)/watchspec test --min-coverage 100 --mutants
	$(BIN)/pytest

golden: $(DEV) ## Write the golden files anew and run their tests; then read the diff
	$(BIN)/pytest tests/golden --write-golden
	$(BIN)/pytest tests/golden

deploy: compile ## Deploy an environment: make deploy ENV=dev PARAMETERS="name=value …" BUCKET=…
	@test -n "$(ENV)" || { echo 'name the environment: make deploy ENV=dev'; exit 2; }
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/watchspec deploy --env "$(ENV)" \
		$(foreach one,$(PARAMETERS),--parameter '$(one)') $(if $(BUCKET),--bucket '$(BUCKET)')

fuzz: $(DEV) ## Try 25 times as many hostile specs as the tests do, at random
	FUZZ=25 $(BIN)/pytest tests/fuzz

bench: $(DEV) ## Measure, as ratios in one run
	$(BIN)/python -m tools.bench

docs: $(DEV) ## Write docs/reference/ anew
	$(BIN)/python -m tools.docs

grammars: $(DEV) ## Write the tables of the parsers anew from their grammars
	PYTHONHASHSEED=0 $(BIN)/python -m tools.grammars

catalog: $(DEV) ## Write the catalog of metrics anew from its packages and corrections; needs npm
	mkdir -p build/catalog
	cd build/catalog && npm pack --silent @aws-cdk/aws-service-spec@$(SERVICE_SPEC)
	$(BIN)/python -m pip download --quiet --no-deps --dest build/catalog \
		awslabs.cloudwatch-mcp-server==$(CLOUDWATCH_SERVER)
	$(BIN)/python -m tools.catalog build/catalog/aws-cdk-aws-service-spec-$(SERVICE_SPEC).tgz \
		build/catalog/awslabs_cloudwatch_mcp_server-$(CLOUDWATCH_SERVER)-py3-none-any.whl

lock: $(DEV) ## Write the lock files anew
	$(LOCK) --group dev --output-file requirements-dev.txt
	$(LOCK) --group build --constraints requirements-dev.txt --output-file requirements.txt

clean: ## Remove everything that can be made again
	rm -rf $(VENV) .venv-localstack .watchspec_cache .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache dist build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'watchspec needs Python 3.11 or newer; set PYTHON=…'; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(LOCALSTACK): tests/e2e/requirements-localstack.txt | $(BIN)/python
	$(PYTHON) -m venv .venv-localstack
	.venv-localstack/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r tests/e2e/requirements-localstack.txt
	@touch $@
