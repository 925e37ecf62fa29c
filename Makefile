# Needs Python 3.11 or later with its venv module, and make. Nothing else: no gettext, PostgreSQL or Node.

PYTHON ?= python3
PORT ?= 8000
PORTAL_BIND ?= 127.0.0.1:$(PORT)
PORTAL_VAR ?= var
PORTAL_ADDRESS ?= http://localhost:$(lastword $(subst :, ,$(PORTAL_BIND)))
export PORTAL_VAR PORTAL_ADDRESS

PY = .venv/bin/python
MANAGE = $(PY) manage.py
CATALOGUES = $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po portal/*/locale/*/LC_MESSAGES/*.po))
COLLECTED = $(PORTAL_VAR)/static/staticfiles.json
STATIC_FILES = $(shell find . \( -name .venv -o -path ./var \) -prune -o -path '*/static/*' -type f -print)
# Seconds. Ctrl-C reaches a worker twice, from the terminal and from its master, and sometimes it then hangs.
PATIENCE = 3
# The checks and the tests keep their hands off the data of the installation.
TESTING = env $(patsubst %,-u %,$(filter PORTAL_%,$(.VARIABLES))) PORTAL_VAR=var/test

.DEFAULT_GOAL = help
.NOTPARALLEL:
.PHONY: help run test test-sqlite test-postgresql bench-search checks lint messages clean port

help: ## say what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

# $$$$ is the shell, whose number gunicorn takes over: the worker ends when that process does, outlives a closed terminal
# as gunicorn does, and comes again if it crashed. The request line has no limit here: who pastes 10,000 letters into the
# search gets an answer. A server in front sets one of its own.
run: .venv/bin/python port .venv/.run $(CATALOGUES) ## set up what is missing and serve the portal (PORT=8010: another port)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_calendar
	@$(MANAGE) seed_rules
	@$(MANAGE) seed_documents
	@$(MANAGE) seed_search
	@$(MANAGE) seed_intake
	@$(MANAGE) seed_questions
	@$(MANAGE) load_demo
	@$(MANAGE) rebuild_index --if-outdated
	@$(MAKE) --no-print-directory --silent $(COLLECTED)
	@$(MANAGE) welcome --port "$(lastword $(subst :, ,$(PORTAL_BIND)))"
	@(trap '' HUP; while kill -0 $$$$ 2>/dev/null && ! $(MANAGE) worker --with $$$$; do sleep 1; done) & \
		exec $(PY) -m gunicorn portal.wsgi --bind "$(PORTAL_BIND)" --worker-class gthread --workers 2 --threads 4 \
		--timeout 60 --graceful-timeout $(PATIENCE) --max-requests 2000 --max-requests-jitter 200 \
		--limit-request-line 0 --no-control-socket --forwarder-headers "" --log-level warning

test: checks ## run the checks, then every test on SQLite and on PostgreSQL (ARGS="-k name": some tests)
	@$(TESTING) $(PY) -m tests.suites sqlite postgresql -- $(ARGS)

test-sqlite: .venv/.test $(CATALOGUES) ## run every test on SQLite
	@$(TESTING) $(PY) -m tests.suites sqlite -- $(ARGS)

test-postgresql: .venv/.test $(CATALOGUES) ## run every test on PostgreSQL, which starts and ends with the run
	@$(TESTING) $(PY) -m tests.suites postgresql -- $(ARGS)

bench-search: .venv/.test $(CATALOGUES) ## measure the search on a PostgreSQL of its own (SIZES="10000 100000"; an hour for all)
	@$(TESTING) $(PY) -m tests.bench.search $(SIZES)

checks: lint $(CATALOGUES) ## check the style, the settings, the migrations and the catalogue
	$(TESTING) $(MANAGE) check --fail-level WARNING
	$(TESTING) PORTAL_PRODUCTION=1 PORTAL_SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(MANAGE) check --deploy --fail-level WARNING
	$(TESTING) $(MANAGE) makemigrations --check --dry-run
	$(TESTING) $(MANAGE) messages --check

lint: .venv/.test ## check the style of the code
	$(PY) -m ruff check --quiet .
	$(PY) -m ruff format --check --quiet .

messages: .venv/.run ## bring the catalogue up to date with the code
	@$(TESTING) $(MANAGE) messages

clean: ## remove what these commands built; var/, which holds the data, stays
	rm -rf .venv .hypothesis .pytest_cache .ruff_cache
	find . -path ./var -prune -o -name '*.mo' -exec rm -f {} +
	find . -path ./var -prune -o -name __pycache__ -prune -exec rm -rf {} +

port:
	@case "$(PORTAL_BIND)" in *:*) $(PY) -c 'import socket, sys; host, _, port = sys.argv[1].rpartition(":"); \
		host = host.strip("[]"); family = socket.AF_INET6 if ":" in host else socket.AF_INET; \
		socket.create_server((host, int(port)), family=family)' "$(PORTAL_BIND)" 2>/dev/null \
		|| { echo "The address $(PORTAL_BIND) is taken or not to be had. Choose another port: make run PORT=8010"; \
		exit 1; };; esac

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "The portal needs Python 3.11 or later and $(PYTHON) is not it. Name another: make run PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "$(PYTHON) has no venv module. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Setting up .venv"
	@$(PYTHON) -m venv --clear .venv

.venv/.run: requirements.txt | .venv/bin/python
	@echo "Installing requirements.txt"
	@$(PY) -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.test: requirements-test.txt .venv/.run
	@echo "Installing requirements-test.txt"
	@$(PY) -m pip install -qq --disable-pip-version-check -r requirements-test.txt
	@touch $@

%.mo: %.po | .venv/.run
	@$(PY) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@

$(COLLECTED): .venv/.run $(STATIC_FILES)
	@$(MANAGE) collectstatic --noinput --verbosity 0
