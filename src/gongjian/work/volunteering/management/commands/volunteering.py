"""`gongjian volunteering`: confirmed hours of the office's activities."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from gongjian.registry.models import Office
from gongjian.work.volunteering.models import Activity, Attendance
from gongjian.work.volunteering.selectors.hours import as_json


class Command(BaseCommand):
    help = "Volunteering: confirmed hours 志愿服务"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", default="", help="division code; needed only where several offices are set up")
        verbs = parser.add_subparsers(dest="verb", required=True)
        hours = verbs.add_parser("hours", help="people, shifts and confirmed hours, by activity and in total")
        hours.add_argument("--activity", default="", help="only activities with these words in the title")
        hours.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(office=_office(options["office"])):
            content = _hours(options["activity"])
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        for row in (*content["activities"], {"title": "total", **content["total"]}):
            self.stdout.write("{title}: {people} people, {shifts} shifts, {hours} hours".format(**row))


def _hours(words: str) -> dict[str, Any]:
    activities = Activity.objects.filter(title__contains=words)
    return as_json(Attendance.objects.filter(shift__activity__in=activities), activities)


def _office(code: str) -> Office:
    found = Office.objects.filter(code=code) if code else Office.objects.all()
    if len(found) != 1:
        known = "、".join(Office.objects.values_list("code", flat=True)) or "-"
        raise CommandError(f"请用 --office 指明街道，已有：{known}")
    return found[0]
