"""`gongjian chronicle paper` and `gongjian chronicle check`: an official paper as Word, and the self-check of any Word file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import override

from gongjian.chronicle.management.writing import subject_of
from gongjian.chronicle.official import texts
from gongjian.chronicle.official.description import OfficialPaper
from gongjian.chronicle.official.texts import Details
from gongjian.chronicle.official.word import as_word
from gongjian.chronicle.official.word.check import Report, check
from gongjian.honors.selectors.campaigns import get_campaign
from gongjian.kernel.errors import Invalid

KINDS = ("decision", "notice", "thanks", "report")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--campaign", default="", help="of a decision or notice: its name in the address")
    parser.add_argument("--organization", default="", help="of a letter of thanks: by any of its names")
    parser.add_argument("--since", "--month", type=lambda text: date.fromisoformat(f"{text}-01"), help="as 2020-07")
    parser.add_argument("--until", type=lambda text: date.fromisoformat(f"{text}-01"), help="last month")
    parser.add_argument("--issuer", required=True, help="who issues it, as it stands in red at the head")
    for name in ("number", "addressee", "copies", "printer"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--date", type=date.fromisoformat, dest="signed_on", help="day of the paper (default: today)")
    parser.add_argument("-o", "--output", type=Path, required=True)


def write_paper(options: dict[str, Any]) -> Report:
    """Write the file, and check it. Call inside the office's scope. Raises DomainError where there is nothing to print."""
    with override("zh-hans"):
        paper = _paper(options)
    content = as_word(paper)
    options["output"].write_bytes(content)
    return check(content, paper.form)


def _paper(options: dict[str, Any]) -> OfficialPaper:
    details = Details(**{name: options[name] for name in ("issuer", "number", "addressee", "copies", "printer", "signed_on")})
    if options["kind"] in ("decision", "notice"):
        of_campaign = texts.decision if options["kind"] == "decision" else texts.notice
        return of_campaign(get_campaign(options["campaign"]), details)
    subject = subject_of(options | {"campaign": "", "community": ""})
    if options["kind"] == "report":
        return texts.report(subject, details)
    if subject.organization is None:
        raise Invalid("请用 --organization 写明感谢哪家单位。")
    return texts.thanks(subject, details)
