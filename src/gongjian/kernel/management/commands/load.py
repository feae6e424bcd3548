"""`gongjian load WHAT --count N`: synthetic things in bulk, for measuring; each room says what it can make."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from rich.console import Console
from rich.progress import Progress

from gongjian.kernel.rooms import rooms


class Command(BaseCommand):
    help = "Load synthetic data, clearly marked as such. For measuring; it cannot be taken out again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=sorted(loaders()))
        parser.add_argument("--count", type=int, required=True, help="how many in all")
        parser.add_argument(
            "--office-deeds", dest="in_office", type=int, help="of deeds: how many in the first office (default: a tenth)"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        what, count, in_office = options["what"], options["count"], options["in_office"]
        if count < 1 or not 0 <= (in_office or 0) <= count:
            raise CommandError("--count must be positive and --office-deeds at most --count")
        load, started = import_string(loaders()[what]), time.monotonic()
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(what, total=count)
            result = load(count, in_office, lambda done: progress.update(task, completed=done))
        seconds = time.monotonic() - started
        result |= {"seconds": round(seconds, 1), f"{what}_per_second": round(count / seconds)}
        self.stdout.write(
            json.dumps(result) if options["json"] else ", ".join(f"{value} {name}" for name, value in result.items())
        )


def loaders() -> dict[str, str]:
    """The dotted name of the function that loads each kind of thing."""
    return {what: name for room in rooms() for what, name in room.synthetic.items()}
