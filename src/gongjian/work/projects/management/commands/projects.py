"""`gongjian projects`: the arithmetic of votes, settlements and cost shares, from plain files and without a database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongjian.kernel.errors import DomainError
from gongjian.work.projects import files, printed
from gongjian.work.projects.elevators.shares import shares
from gongjian.work.projects.settling.sheet import settle
from gongjian.work.projects.voting.counting import count

Content = dict[str, Any]


class Command(BaseCommand):
    help = "Projects: count an owners' vote, settle vacated premises, share an elevator's cost 项目：计票、结算、分摊"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, (_act, _show, text) in VERBS.items():
            command = verbs.add_parser(verb, help=text)
            command.add_argument("file", help="a JSON file, or - for standard input; docs/users/arithmetic.md describes it")
            command.add_argument("--json", action="store_true", help="for machines, with every step")

    def handle(self, *args: Any, **options: Any) -> None:
        act, show, _text = VERBS[options["verb"]]
        try:
            content = act(_read(options["file"]))
        except (DomainError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(show(content)))


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _count(content: bytes) -> Content:
    return printed.result_json(count(**files.read(files.VoteFile, content).arguments()))


def _settle(content: bytes) -> Content:
    return printed.settlement_json(settle(files.read(files.SettlementFile, content).made()))


def _share(content: bytes) -> Content:
    return printed.shares_json(shares(**files.read(files.ElevatorFile, content).arguments()))


def _shown_vote(content: Content) -> list[str]:
    lines = [content["rule"]["source"]]
    for test in content["tests"]:
        for side in ("area", "heads"):
            said = test[side]
            lines.append(
                f"{test['name']} {side}: {said['part']}/{said['whole']} = {said['percent']}% "
                f"(needed {test['needed']}) {'✓' if said['met'] else '✗'}"
            )
    lines += [f"not counted: {one['owner']} {one['cast_at']} {one['why']}" for one in content["not_counted"]]
    return [*lines, "passed 通过" if content["passed"] else "not passed 未通过"]


def _shown_settlement(content: Content) -> list[str]:
    lines = [f"{line['amount']:>14}  {line['name']}  {line['how']}" for line in content["lines"]]
    return [*lines, f"{content['net']:>14}  net 净额"]


def _shown_shares(content: Content) -> list[str]:
    lines = [f"{one['amount']:>14}  {one['number']}  {one['floor']}F × {one['coefficient']}" for one in content["shares"]]
    return [*lines, f"{content['sum']:>14}  sum 合计"]


VERBS: dict[str, tuple[Callable[[bytes], Content], Callable[[Content], list[str]], str]] = {
    "count-vote": (_count, _shown_vote, "an owners' vote: by area and by heads, with the rule that applies"),
    "settle": (_settle, _shown_settlement, "vacated premises: rent by the day, relief, deposit, net to the cent"),
    "share-cost": (_share, _shown_shares, "a retrofit elevator: each flat's share, in cents that sum exactly"),
}
