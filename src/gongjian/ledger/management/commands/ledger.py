"""`gongjian ledger`: verify it, seal it, take a proof out of it, look at its size, export it, count it up."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled
from rich.console import Console
from rich.progress import Progress

from gongjian.kernel.errors import DomainError
from gongjian.ledger.statistics.arguments import add_statistics_arguments


class Command(BaseCommand):
    help = "Verify and publish the ledger of deeds."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="hash every record again and hold it against the seals; reads only")
        verify.add_argument("--json", action="store_true", help="print the result as JSON")
        verify.add_argument("--sums", action="store_true", help="also add up the monthly sums again")
        verify.add_argument("--proof", type=Path, help="check one proof file instead; needs no database")
        verify.add_argument("--key-id", help="the key that the office publishes; a proof by another key does not fit")
        verbs.add_parser("seal", help="seal everything that waits")
        export = verbs.add_parser("export-proof", help="print the inclusion proof of a deed")
        export.add_argument("deed", help="the deed's number (UUID)")
        stats = verbs.add_parser("stats", help="how large the ledger is")
        stats.add_argument("--json", action="store_true", help="print the result as JSON")
        to_files = verbs.add_parser("export", help="write what is sealed into Parquet files, adding to an earlier export")
        to_files.add_argument("folder", type=Path, help="an empty folder, or one that this ledger was exported into")
        to_files.add_argument("--check", action="store_true", help="write nothing: hash every file again")
        to_files.add_argument("--json", action="store_true", help="print the result as JSON")
        add_statistics_arguments(verbs.add_parser("statistics", help="totals, trends, verification, concentration, scores"))

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: dict[str, Callable[[dict[str, Any]], None]] = {
            "verify": self._check_proof if options.get("proof") else self._verify,
            "seal": self._seal,
            "export-proof": self._export_proof,
            "stats": self._stats,
            "export": self._export,
            "statistics": self._statistics,
        }
        with scopes_disabled():
            try:
                verbs[options["verb"]](options)
            except DomainError as error:
                raise CommandError(str(error)) from error

    def _verify(self, options: dict[str, Any]) -> None:
        from gongjian.ledger.sealing.verifier import verify

        with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("records", total=None)
            report = verify(lambda done, total: progress.update(task, completed=done, total=total), sums=options["sums"])
        if options["json"]:
            self.stdout.write(json.dumps(vars(report)))
        else:
            self.stdout.write(
                f"deeds {report.deeds}\nconfirmations {report.confirmations}\nseals {report.seals}\n"
                f"root {report.root} over {report.size} records\nnot sealed yet {report.unsealed}"
            )
        if report.fault:
            self.stderr.write(self.style.ERROR(f"does not fit: {report.fault}"))
            raise SystemExit(1)

    def _check_proof(self, options: dict[str, Any]) -> None:
        from gongjian.ledger.sealing.proofs import check_proof, read_proof

        try:
            checked = check_proof(read_proof(options["proof"].read_bytes()))
        except OSError as error:
            raise CommandError(str(error)) from error
        if options["key_id"] and options["key_id"] != checked.key_id:
            raise CommandError(f"does not fit: signed by key {checked.key_id}, not by {options['key_id']}")
        self.stdout.write(
            f"fits: record {checked.index} of {checked.size}\nroot {checked.root}\nkey {checked.key_id}"
            + ("" if options["key_id"] else "\ncompare the key with the one that the office publishes")
        )

    def _seal(self, options: dict[str, Any]) -> None:
        from gongjian.ledger.sealing.sealer import seal

        sealed = seal()
        self.stdout.write(f"root {sealed.root} over {sealed.size} records" if sealed else "nothing waits to be sealed")

    def _export_proof(self, options: dict[str, Any]) -> None:
        from gongjian.ledger.sealing.proofs import proof_of_deed

        self.stdout.write(json.dumps(proof_of_deed(options["deed"]), ensure_ascii=False, indent=1))

    def _export(self, options: dict[str, Any]) -> None:
        from gongjian.ledger.statistics.export.exporting import check, export

        if options["check"]:
            found = check(options["folder"])
            self.stdout.write(f"fits: {len(found.files)} files, {found.size} records\nroot {found.root}")
            return
        with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("records", total=None)
            report = export(options["folder"], lambda done, total: progress.update(task, completed=done, total=total))
        lines = "\n".join(f"{name} {value}" for name, value in vars(report).items())
        self.stdout.write(json.dumps(vars(report)) if options["json"] else lines)

    def _statistics(self, options: dict[str, Any]) -> None:
        from gongjian.ledger.statistics.command import statistics

        self.stdout.write(statistics(options), ending="")

    def _stats(self, options: dict[str, Any]) -> None:
        from gongjian.ledger.sealing.size import ledger_size

        size = ledger_size()
        lines = "\n".join(f"{name} {value}" for name, value in size.items())
        self.stdout.write(json.dumps(size) if options["json"] else lines)
