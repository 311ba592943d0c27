# make run   starts the portal          make test   runs the tests
# Everything else: make help

BROWSER ?= 1
export BROWSER
# Given here they stand above .env; no defaults of our own, or .env would never be asked.
ifdef PORT
export PORT
endif
ifdef PORTAL_DATA
export PORTAL_DATA
endif

PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run stop test campaign bench lint lock

help:
	@echo "make run       启动门户（PORT=8000；PORTAL_DATA=数据目录）"
	@echo "make stop      停止门户"
	@echo "make test      运行测试（BROWSER=0 不测网页）"
	@echo "make setup     只安装依赖"
	@echo "make campaign  大数量、长时间的测试，不限时"
	@echo "make bench     打印各页面和查询的耗时"
	@echo "make lint      检查代码格式和分层"
	@echo "make lock      依赖改动后重新生成 requirements.lock"

setup:
	@.ci/setup

run: setup
	@exec $(PYTHON) manage.py run_portal

stop:
	@if [ -x $(PYTHON) ]; then $(PYTHON) manage.py stop_portal; else echo "门户没有在运行。"; fi

# Three workers for two cores: while one waits for Chromium or for a server to start, another works.
test: setup
	@[ "$(BROWSER)" = 0 ] || .ci/browser
	@.ci/test -n 3 --dist worksteal -q

campaign: setup
	@.ci/browser
	@COUNTS=whole .ci/test -n 3 --dist worksteal -q --timeout 900; short=$$?; \
	.ci/test -m campaign --timeout 0 -v -s && exit $$short

bench: setup
	@.ci/test -m bench --timeout 0 -v -s

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports

# cn-sort is here for its table of strokes; its program, which wants numpy and jieba, is never run.
lock: setup
	@.venv/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
		--no-emit-package numpy --no-emit-package jieba \
		--no-emit-index-url --python-version 3.11 --no-header --quiet -o requirements.lock
