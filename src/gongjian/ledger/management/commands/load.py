"""`gongjian load deeds --count N`: synthetic deeds in bulk, for measuring."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from gongjian.ledger.synthetic.loading import load_deeds


class Command(BaseCommand):
    help = "Load synthetic deeds, clearly marked as such, and seal them. For measuring; they cannot be taken out again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["deeds"])
        parser.add_argument("--count", type=int, required=True, help="deeds in all")
        parser.add_argument("--office-deeds", type=int, help="how many of them in the first office (default: a tenth)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        count = options["count"]
        office_deeds = count // 10 if options["office_deeds"] is None else options["office_deeds"]
        if not 0 <= office_deeds <= count or count < 1:
            raise CommandError("--count must be positive and --office-deeds at most --count")
        started = time.monotonic()
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("deeds", total=count)
            loaded = load_deeds(count, office_deeds, lambda done: progress.update(task, completed=done))
        seconds = time.monotonic() - started
        result = {
            "deeds": loaded.deeds,
            "confirmations": loaded.confirmations,
            "seconds": round(seconds, 1),
            "deeds_per_second": round(loaded.deeds / seconds),
        }
        line = "{deeds} deeds, {confirmations} confirmations, sealed, in {seconds} s ({deeds_per_second} deeds/s)"
        self.stdout.write(json.dumps(result) if options["json"] else line.format(**result))
