"""`gongjian whistles`: rates, the week, the catalogue, the clocks; and teaching the machine to sort."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from gongjian.kernel.errors import DomainError
from gongjian.registry.models import Office
from gongjian.work.whistles import teaching


class Command(BaseCommand):
    help = "Whistles: rates, weekly paper, categories, clocks, classifier 吹哨"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", default="", help="division code; needed only where several offices are set up")
        verbs = parser.add_subparsers(dest="verb", required=True)
        rates = verbs.add_parser("rates", help="the three rates of a cycle, with numerators and denominators")
        rates.add_argument("--cycle", default="", help="e.g. 2026-10, the month in which the cycle ends; default: the current")
        rates.add_argument("--json", action="store_true", help="for machines, by community, organization and category")
        teaching.add_verbs(verbs)
        verbs.add_parser("check", help="warn of all clocks that have reached a color, now")
        weekly = verbs.add_parser("weekly", help="write the weekly paper (PDF)")
        weekly.add_argument("--week", default="", help="e.g. 2026-W43; default: the last week that has ended")
        weekly.add_argument("--output", type=Path, required=True)
        verbs.add_parser("load-categories", help="add the shipped categories that the office lacks")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verb"] in teaching.VERBS:
                teaching.carry_out(options, lambda: _office(options["office"]), cast(TextIO, self.stdout))
                return
            office = _office(options["office"])
            with scope(office=office):
                getattr(self, "_" + options["verb"].replace("-", "_"))(office, options)
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error

    def _rates(self, office: Office, options: dict[str, Any]) -> None:
        from gongjian.work.whistles.accounts_export import rates_json
        from gongjian.work.whistles.cycles import cycle_or_current
        from gongjian.work.whistles.selectors.policies import policy

        rules = policy()
        content = rates_json(cycle_or_current(options["cycle"], rules.cycle_first_day), rules)
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        self.stdout.write("{name}  {first} – {last}".format(**content["cycle"]))
        for line in (*content["community"], content["total"]):
            self._print(line)

    def _print(self, line: dict[str, Any]) -> None:
        self.stdout.write(line["name"])
        for side in ("all", "without_excluded"):
            rates = line[side]
            parts = [
                f"{name} {share['numerator']}/{share['denominator']} {share['percent'] or '-'}%"
                for name, share in rates.items()
                if name != "composite"
            ]
            self.stdout.write(f"  {side}: {'  '.join(parts)}  composite {rates['composite']['percent'] or '-'}%")

    def _check(self, office: Office, options: dict[str, Any]) -> None:
        from gongjian.work.whistles.services import check_clocks, end_suspensions

        self.stdout.write(f"suspensions ended {end_suspensions()}\nclocks checked {check_clocks()}")

    def _weekly(self, office: Office, options: dict[str, Any]) -> None:
        from gongjian.work.whistles.papers import weekly_pdf
        from gongjian.work.whistles.selectors.policies import policy
        from gongjian.work.whistles.selectors.weeks import monday_of, week

        options["output"].write_bytes(weekly_pdf(office, week(monday_of(options["week"]), policy())))
        self.stdout.write(str(options["output"]))

    def _load_categories(self, office: Office, options: dict[str, Any]) -> None:
        from gongjian.work.whistles.services.configuring import load_shipped_categories

        self.stdout.write(f"categories added {load_shipped_categories()}")


def _office(code: str) -> Office:
    found = Office.objects.filter(code=code) if code else Office.objects.all()
    if len(found) != 1:
        known = "、".join(Office.objects.values_list("code", flat=True)) or "-"
        raise CommandError(f"请用 --office 指明街道，已有：{known}")
    return found[0]
