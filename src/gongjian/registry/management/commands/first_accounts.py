"""`gongjian first_accounts`: the three administrators of an office that has no accounts yet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from gongjian.kernel.errors import DomainError
from gongjian.registry.models import Office
from gongjian.registry.services.beginning import begin

PARTS = ("system", "security", "audit")


class Command(BaseCommand):
    help = "Open the three administrators' accounts and print their temporary passwords, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", required=True, help="division code, e.g. 410105002")
        for part in PARTS:
            parser.add_argument(f"--{part}", required=True, metavar="USERNAME=NAME", help=f"the {part} administrator")
        parser.add_argument("--host", action="append", default=[], help="host name of the office; may be given several times")
        parser.add_argument("--telephone", default="", help="shown at the foot of every page")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError(f"There is no office {options['office']}; `gongjian import_places` makes it.")
        administrators = {f"{part}_administrator": _pair(options[part]) for part in PARTS}
        try:
            with scope(office=office):
                opened = begin(office, administrators=administrators, hostnames=options["host"], telephone=options["telephone"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{office.name}: give each line to its person; the password must be changed at the first sign-in.")
        for account, password in opened:
            self.stdout.write(f"{account.username}\t{account.name}\t{password}")


def _pair(value: str) -> tuple[str, str]:
    username, found, name = value.partition("=")
    if not found:
        raise CommandError(f"{value}: write it as USERNAME=NAME, e.g. sysadmin=王系统")
    return username, name
