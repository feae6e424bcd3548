"""`gongjian chronicle`: read a report into proposed deeds, measure how well that goes, write from deeds. Records nothing."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django_scopes import scope

from gongjian.chronicle.management.papers import add_arguments as add_paper
from gongjian.chronicle.management.papers import write_paper
from gongjian.chronicle.management.writing import add_arguments as add_writing
from gongjian.chronicle.management.writing import write
from gongjian.chronicle.reading.doers.register import Register
from gongjian.kernel.errors import DomainError
from gongjian.registry.models import Office


class Command(BaseCommand):
    help = "Read reports into proposed deeds, write papers from deeds 读报道、写材料"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", default="", help="division code; needed only where several offices are set up")
        verbs = parser.add_subparsers(dest="verb", required=True)
        read = verbs.add_parser("read", help="a report (text, Word, PDF, HTML) → proposed deeds; records nothing")
        read.add_argument("file", type=Path)
        read.add_argument("--json", action="store_true", help="one JSON object a line")
        read.add_argument("--published", type=date.fromisoformat, help="day of the report, for dates without a year")
        evaluate = verbs.add_parser("evaluate", help="F1 by field over a folder of NAME.txt beside NAME.gold.jsonl")
        evaluate.add_argument("folder", type=Path)
        evaluate.add_argument("--wrong", action="store_true", help="also print every difference")
        add_paper(verbs.add_parser("paper", help="an official paper as Word, by GB/T 9704-2012, with its self-check"))
        verbs.add_parser("check", help="the self-check of a Word file").add_argument("file", type=Path)
        add_writing(verbs.add_parser("write", help="public deeds → page, statement, report, sheet, ledger"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, "_" + options["verb"])(options)
        except (DomainError, OSError, ValueError) as error:
            raise CommandError(str(error)) from error

    def _read(self, options: dict[str, Any]) -> None:
        from gongjian.chronicle.reading.endpoint import propose_more
        from gongjian.chronicle.reading.files import open_report
        from gongjian.chronicle.reading.reader import read

        opened = open_report(options["file"].read_bytes(), options["file"].name)
        known = self._register(options["office"])
        reading = read(opened.text, known, published=options["published"])
        if failure := propose_more(reading, known):
            self.stderr.write(failure)
        for line in reading.lines():
            self.stdout.write(json.dumps(line, ensure_ascii=False) if options["json"] else _in_words(line))
        for found in reading.contradictions:
            self.stderr.write(str(found))
        if not reading.proposals:
            self.stderr.write("没有读出事迹。")

    def _evaluate(self, options: dict[str, Any]) -> None:
        from gongjian.chronicle.reading.evaluation import evaluate

        found = evaluate(options["folder"])
        if not found.reports:
            raise CommandError(f"{options['folder']}: 没有 *.gold.jsonl")
        for line in found.wrong if options["wrong"] else ():
            self.stdout.write(line)
        for name, score in [*found.fields.items(), ("whole fact", found.facts)]:
            self.stdout.write(
                f"{name:14} precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
                f"  ({score.found} of {score.proposed} proposed, {score.written} in the gold)"
            )

    def _write(self, options: dict[str, Any]) -> None:
        with scope(office=self._office(options["office"])):
            written = write(options)
        if options["output"] is None:
            self.stdout.write(written.decode(), ending="")
        else:
            options["output"].write_bytes(written)

    def _paper(self, options: dict[str, Any]) -> None:
        with scope(office=self._office(options["office"])):
            report = write_paper(options)
        self.stdout.write("\n".join(report.lines()))

    def _check(self, options: dict[str, Any]) -> None:
        from gongjian.chronicle.official.word.check import check

        report = check(options["file"].read_bytes())
        self.stdout.write("\n".join(report.lines()))
        if not report.holds:
            raise CommandError("有不合格式的地方。")

    def _office(self, code: str) -> Office:
        offices = list(Office.objects.filter(code=code) if code else Office.objects.all()[:2])
        if len(offices) != 1:
            raise CommandError("请用 --office 指明街道。")
        return offices[0]

    def _register(self, code: str) -> Register:
        """Empty where no database can be reached, or it holds no office: the report's own headings name the organizations."""
        from gongjian.chronicle.reading.registering import register

        try:
            offices = list(Office.objects.filter(code=code) if code else Office.objects.all()[:2])
            if len(offices) == 1:
                with scope(office=offices[0]):
                    return register()
        except DatabaseError:
            self.stderr.write("连不上数据库，不查底册，只按报道自己的说法读。")
            return Register()
        if code or offices:
            raise CommandError("请用 --office 指明街道。")
        return Register()


def _in_words(line: dict[str, Any]) -> str:
    figure = f"{line['approx'] if line['approx'] != 'exact' else ''} {line['quantity']} {line['unit']}" if line["unit"] else ""
    parts = [line["org"] or "?", line["category"], figure.strip(), line["date"] or "", line["place"] or "", line["deed"]]
    return "  ".join(part for part in parts if part)
