# Gongjian 共建. `make` alone lists what there is; the work is done by tools/setup.py.

PYTHON ?= python3
PORT ?= 8000
SETUP := $(PYTHON) tools/setup.py
on = $(filter-out 0 no false,$(1))

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench docs messages clean

help:
	@echo "make demo      a running demo neighborhood on port $(PORT)   一条命令体验演示街道"
	@echo "                 PORT=8080  another port · RESET=1  begin anew · SERVE=0  prepare and exit"
	@echo "make test      every check and every test                 全部检查和测试"
	@echo "make lint      the checks alone                           仅静态检查"
	@echo "make format    format code and templates                  格式化"
	@echo "make bench     every performance claim, measured          性能测试"
	@echo "make docs      the documentation, into site/              生成文档"
	@echo "make messages  collect texts for translation              更新翻译文件"
	@echo "make clean     remove build products (ALL=1: the data too) 清理"

demo:
	@$(SETUP) demo --port $(PORT) $(if $(call on,$(RESET)),--reset) $(if $(call on,$(or $(SERVE),1)),,--no-serve)

test:
	@$(SETUP) test -- $(ARGS)

lint format bench docs messages:
	@$(SETUP) $@ -- $(ARGS)

clean:
	@$(SETUP) clean $(if $(call on,$(ALL)),--all)
