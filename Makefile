# 最多访一次 · 窗口接访。`make` alone lists what there is.
# Works with Python 3.11+ (with venv and pip) and GNU make, for root or a plain user, from a bare checkout.

PYTHON ?= python3
VISITS ?= ../shared/samples/visits.jsonl
DEMO_OUT ?= build/demo
# Test processes side by side; each has a display of its own. 0: one after the other in a single process.
JOBS ?= 2
PYTEST_ARGS ?=
# For `make lock`: `--upgrade`, or `--upgrade-package NAME`.
LOCK_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
HOST_PYTHON = $(if $(wildcard $(BIN)/python),$(BIN)/python,"$(PYTHON)")
# On a terminal pip shows its own progress; elsewhere only what goes wrong.
PIP = $(BIN)/python -m pip $(if $(MAKE_TERMOUT),,-qq) --disable-pip-version-check --no-input

LOCK_VENV := build/lock-venv
UV_COMPILE = $(LOCK_VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header --no-annotate

# A machine's pip settings say where packages come from; those that say where they go would miss the virtual environment.
export PIP_USER := 0
export PIP_REQUIRE_HASHES := 0
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT PIP_REQUIREMENT PIP_NO_DEPS PIP_DRY_RUN
unexport PYTHONPATH PYTHONHOME

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## 列出全部命令 · list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup: forms $(STAMPS)/project ## 准备运行环境（.venv、依赖、表单）· set everything up

.PHONY: run
run: setup ## 准备并打开窗口程序 · open the client
	@$(BIN)/onevisit run

.PHONY: demo
demo: setup ## 用样例走完全流程（无需显示器）· drive the real window through VISITS=…
	@$(BIN)/onevisit demo --visits "$(VISITS)" --out "$(DEMO_OUT)"

.PHONY: test
test: HOST_ARGS := --tests
test: check ## 准备并运行全部检查和测试 · all checks and tests (JOBS=2, PYTEST_ARGS=…)
	@echo "── 测试"
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(PYTEST_ARGS)

.PHONY: check
check: setup ## 静态检查 · ruff, mypy, import-linter
	@echo "── 静态检查"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { \
	    echo "上述文件的排版不合规范，请执行 $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

.PHONY: bench
bench: setup ## 性能对照表，写入 build/bench.json · benchmarks
	@$(BIN)/python benchmarks/run.py

.PHONY: cover
cover: setup ## 规则的每一个分支都有测试 · every branch of route, clock and readiness
	@mkdir -p build
	@$(BIN)/python -m coverage run -m pytest -q tests/rules
	@$(BIN)/python -m coverage report

.PHONY: torture
torture: setup ## 断电、写满、损坏、拨钟……写入 build/torture.json · torture (TORTURE_ARGS=…)
	@$(BIN)/python -m tests.torture.run $(TORTURE_ARGS)

.PHONY: forms
forms: $(STAMPS)/packages ## 编译 forms/*.ui · compile the forms
	@$(BIN)/python forms/compile_forms.py

.PHONY: lock
lock: ## 重新锁定依赖（需要网络）· renew the lock files (LOCK_ARGS=--upgrade)
	@"$(PYTHON)" -m venv $(LOCK_VENV)
	@$(LOCK_VENV)/bin/python -m pip -q --disable-pip-version-check --no-input install uv
	@$(UV_COMPILE) $(LOCK_ARGS) pyproject.toml -o requirements.lock
	@$(UV_COMPILE) $(LOCK_ARGS) --extra dev pyproject.toml -o requirements-dev.lock

.PHONY: clean
clean: ## 删除生成的文件（保留 .venv）· remove what was built
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests benchmarks forms .ci -name __pycache__ -type d -prune -exec rm -rf {} +
	@find src/onevisit/ui/_forms -name '*.py' ! -name __init__.py -delete

# What the system must bring comes first, so that no later step fails half-way for want of a library.
.PHONY: host
host:
	@[ -x $(BIN)/python ] || $(check-python)
	@$(HOST_PYTHON) -X utf8 .ci/host_packages.py $(HOST_ARGS)

define check-python
{ \
    command -v "$(PYTHON)" >/dev/null || { \
        echo "没有找到 $(PYTHON)：请安装 Python 3.11 或更新版本，或用 make PYTHON=路径 指明。" >&2; exit 1; }; \
    "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
        echo "$(PYTHON) 版本太旧：需要 Python 3.11 或更新版本，请用 make PYTHON=路径 指明。" >&2; exit 1; }; \
    "$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
        echo "$(PYTHON) 缺少 venv 模块：请先安装（Debian 系：sudo apt-get install -y python3-venv）。" >&2; exit 1; }; \
}
endef

# An environment remembers where it was made: a checkout that was moved or copied, or whose Python is gone, gets a new one.
ifneq ($(shell [ -x $(BIN)/python ] && cat $(STAMPS)/venv 2>/dev/null),$(CURDIR))
.PHONY: $(STAMPS)/venv
endif

$(STAMPS)/venv: | host
	@echo "── 建立虚拟环境 $(VENV)"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@mkdir -p $(STAMPS)
	@echo "$(CURDIR)" > $@

$(STAMPS)/packages: requirements-dev.lock $(STAMPS)/venv
	@echo "── 安装锁定的依赖（首次约 300 MB，需要几分钟）"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(STAMPS)/project: pyproject.toml forms/compile_forms.py src/onevisit/__init__.py $(STAMPS)/packages
	@echo "── 安装 onevisit"
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@
