"""The `gongjian` command: our own commands, and every Django command beside them."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import FrameType

from gongjian.kernel.embedded_postgres import EmbeddedPostgresError
from gongjian.operations.errors import OperationError
from gongjian.operations.speech import say, warn

_HELP = """\
Gongjian 共建 — the working system of a subdistrict office · 街道办事处的工作系统

  gongjian demo       a neighborhood to walk through, then serve it     演示街道，一条命令即可体验
  gongjian serve      migrate, then run web server and worker           启动网站和后台任务
  gongjian worker     run one more worker                               单独启动后台任务
  gongjian migrate    bring the database up to this release             升级数据库
  gongjian doctor     check the installation and say how to mend it     体检并给出处理办法
  gongjian ledger     verify, publish, export and count the ledger     核验、公布、导出、统计台账
  gongjian honors     campaigns of commendation                         评选表彰
  gongjian whistles   rates, weekly paper, categories, classifier       吹哨：三率、周报、类别、分类模型
  gongjian projects   count a vote, settle a lease, share a cost        计票、结算、电梯分摊
  gongjian chronicle  read a report into proposed deeds                 读报道，提出事迹
  gongjian load       load synthetic deeds, for measuring                   载入合成数据测性能
  gongjian backup     write everything into a folder                    备份到文件夹
  gongjian restore    fill an empty installation from a backup          从备份恢复

  gongjian COMMAND --help explains one command · 查看某个命令的说明
  gongjian help --commands lists every Django command · 列出全部命令

Without DATABASE_URL, Gongjian runs its own PostgreSQL under var/ (GONGJIAN_VAR names another folder).
未设置 DATABASE_URL 时，自动使用 var/ 下自带的 PostgreSQL（可用 GONGJIAN_VAR 另行指定文件夹）。
"""
_OWN = {
    name: f"gongjian.operations.{module}:{function}"
    for name, module, function in [
        ("backup", "backup", "backup"),
        ("demo", "demo", "demo"),
        ("doctor", "doctor", "doctor"),
        ("prepare", "prepare", "prepare"),
        ("restore", "restore", "restore"),
        ("serve", "serve", "serve"),
        ("web", "web", "web"),
        ("worker", "worker", "worker"),
    ]
}
_IF_REACHABLE = {"chronicle"}
"""They ask the registry where there is one, and go without where there is none."""
_WITHOUT_DATABASE = {"help", "--version", "version", "makemessages", "compilemessages", "collectstatic", "check"}
_ARITHMETIC = {("projects", verb) for verb in ("count-vote", "settle", "share-cost")}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.config.settings")
    signal.signal(signal.SIGTERM, _leave)
    try:
        return _run(sys.argv[1:])
    except (EmbeddedPostgresError, OperationError) as error:
        warn(f"gongjian: {error}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _run(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help"}:
        say(_HELP.rstrip())
        return 0
    if arguments[0] in _OWN:
        return _own(arguments[0])(arguments[1:])
    return _django(arguments)


def _own(name: str) -> Callable[[Sequence[str]], int]:
    """Imported when it is asked for: the supervisor stays small."""
    module, function = _OWN[name].split(":")
    command: Callable[[Sequence[str]], int] = getattr(import_module(module), function)
    return command


def _django(arguments: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    from gongjian.operations.database import reachable_database, running_database

    command = ["gongjian", *arguments]
    without = arguments[0] in _WITHOUT_DATABASE or tuple(arguments[:2]) in _ARITHMETIC or _reads_an_export(arguments)
    if without or {"-h", "--help", "--proof"} & set(arguments):
        execute_from_command_line(command)
    else:
        with reachable_database() if arguments[0] in _IF_REACHABLE else running_database():
            execute_from_command_line(command)
    return 0


def _reads_an_export(arguments: Sequence[str]) -> bool:
    """What was exported is counted and checked on any machine, also where no ledger lives."""
    of_export = {"statistics": "--from", "export": "--check"}.get(arguments[1] if len(arguments) > 1 else "")
    return arguments[0] == "ledger" and of_export is not None and any(one.startswith(of_export) for one in arguments)


def _leave(number: int, _frame: FrameType | None) -> None:
    """Unwind, so that the last one out stops the database."""
    raise SystemExit(128 + number)
