# Every target sets itself up; `make` alone tells what there is.
.DEFAULT_GOAL := help
PYTEST = .venv/bin/python -m pytest
# The prompt goes to the command as it is: no word of it is read by make or by the shell.
override PROMPT := $(value PROMPT)
export PROMPT
# Each test that starts a command would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.venv/.ready: pyproject.toml uv.lock scripts/setup
	@scripts/setup

.PHONY: help setup new serve check format test soak eval record bench golden page page-check page-shots page-types

help: ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## make .venv, and the sandbox where that takes no question

new: .venv/.ready ## make a proven project: make new PROMPT="..." [ARGS="-o DIR --database postgresql"]
	@.venv/bin/apiwright new $(ARGS) -- "$$PROMPT"

serve: .venv/.ready ## run the service: make serve [ARGS="--port 8080"]
	@.venv/bin/apiwright serve $(ARGS)

check: .venv/.ready ## lint, format, types, import rules
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check -q
	@.venv/bin/pyright --warnings
	@.venv/bin/lint-imports --no-cache

format: .venv/.ready ## put the source in form
	@.venv/bin/ruff check -q --fix-only
	@.venv/bin/ruff format -q

test: check page ## all checks and all tests, then those of the page
	@$(PYTEST) -m "not soak" -n auto --dist loadfile --no-loadscope-reorder # in the order of testpaths
	@$(MAKE) --no-print-directory page-check

page: .venv/.ready ## build the web page into the package
	@scripts/page

page-check: page ## types, lint, unit and browser tests of the web page
	@cd web && ../scripts/with-node npm run --silent check
	@cd web && ../scripts/with-node npm run --silent test
	@scripts/browser
	@cd tests/browser && ../../scripts/with-node npm run --silent check
	@cd tests/browser && ../../scripts/with-node npm run --silent test

page-types: .venv/.ready page ## make the page's types anew from the service's OpenAPI document
	@.venv/bin/python web/scripts/openapi.py > web/openapi.json
	@cd web && ../scripts/with-node npm run --silent types

page-shots: page ## draw every state into .cache/shots, and the documentation's pictures anew
	@scripts/browser
	@cd tests/browser && SHOTS=1 ../../scripts/with-node npm run --silent test
	@for picture in docs/images/web-*.png; do cp .cache/shots/$${picture##*/} $$picture; done

soak: .venv/.ready ## the long runs
	@$(PYTEST) -m soak

eval: .venv/.ready ## how well the embedded planner reads prompts (needs ../shared/eval)
	@.venv/bin/python -m benchmarks.planner_eval

record: .venv/.ready ## record a real exchange with a language model, for the tests: make record MODEL=google:gemini-2.5-flash
	@.venv/bin/python -m tests.fakes.vendors.record "$(MODEL)"

bench: page ## speed: planner, compiler, command, verifier, revisions, the generated backend, the page
	@for name in planner_speed command_speed verify_speed revise_speed; do .venv/bin/python -m benchmarks.$$name || exit 1; done
	@.venv/bin/python -m benchmarks.generated_backend
	@.venv/bin/python -m benchmarks.service_speed
	@.venv/bin/python -m benchmarks.service_streams_speed
	@.venv/bin/python -m benchmarks.service_streams_speed --postgres
	@scripts/browser
	@cd tests/browser && RECORD=1 ../../scripts/with-node npm run --silent test -- limits

golden: .venv/.ready ## refresh what the golden cases expect
	@.venv/bin/python tests/golden/refresh.py
