# Two commands for a fresh machine with Python 3.11+, pip and make: `make demo` and `make test`.
PYTHON ?= python3
UV_VERSION = 0.13.9
BIN = .venv/bin

.PHONY: demo test lint slow bench lock clean

demo: .venv/application
	$(BIN)/portalwatch demo

test: .venv/development
	$(BIN)/python -m pytest -n auto --dist loadgroup

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/development
	$(BIN)/python tests/bench/__main__.py

# uv installs in seconds where pip needs a minute; the lock is hash-pinned, so both install the same.
.venv/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	touch $@

.venv/application: .venv/uv requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --editable .
	touch $@

.venv/development: .venv/application tests/requirements.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r tests/requirements.lock
	touch $@

# Written without registry addresses, for every platform.
lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra browser --constraint requirements.lock pyproject.toml -o crawler/browser.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra dev --extra browser --constraint crawler/browser.lock pyproject.toml \
		-o tests/requirements.lock

clean:
	rm -rf .venv portalwatch-demo*
