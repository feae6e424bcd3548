"""`gongjian chronicle write`: which deeds, in which form, into which file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import override

from gongjian.chronicle.writing.genres import GENRES, compose
from gongjian.chronicle.writing.ledger_of import public_deeds_to_list
from gongjian.chronicle.writing.rendering import FORMATS
from gongjian.chronicle.writing.subjects import Subject, month, of_campaign
from gongjian.honors.selectors.campaigns import get_campaign
from gongjian.kernel.errors import Invalid
from gongjian.ledger.export import deeds_as_spreadsheet
from gongjian.registry.models import Office, Organization, Place
from gongjian.registry.selectors import communities, find_organization

LEDGER = "ledger"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("genre", choices=[*GENRES, LEDGER])
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--campaign", default="", help="its name in the address; then no months are needed")
    about.add_argument("--organization", default="", help="by any of its names")
    about.add_argument("--community", default="", help="name or code")
    parser.add_argument("--since", "--month", type=_month, help="first month, as 2020-07")
    parser.add_argument("--until", type=_month, help="last month (default: the first one)")
    parser.add_argument("--as", dest="format", choices=[*FORMATS], default="md", help="a ledger is always xlsx")
    parser.add_argument("--seed", default="0", help="other words for the same facts")
    parser.add_argument("-o", "--output", type=Path, help="file to write (default: standard output, text only)")


def write(options: dict[str, Any]) -> bytes:
    """Call inside the office's scope. Raises DomainError where nothing can be written."""
    subject = subject_of(options)
    is_text = options["genre"] != LEDGER and options["format"] in ("md", "html")
    if options["output"] is None and not is_text:
        raise Invalid("这种文件请用 --output 写明存到哪里。")
    with override("zh-hans"):
        if options["genre"] == LEDGER:
            return deeds_as_spreadsheet(public_deeds_to_list(subject)).content
        document = compose(subject, options["genre"], seed=options["seed"])
        return FORMATS[options["format"]].render(document, subject.office)


def subject_of(options: dict[str, Any]) -> Subject:
    if options["campaign"]:
        return of_campaign(get_campaign(options["campaign"]))
    if options["since"] is None:
        raise Invalid("请用 --month 2020-07 写明哪个月，或用 --campaign 指明哪次评选。")
    since, until = month(options["since"])[0], month(options["until"] or options["since"])[1]
    if since > until:
        raise Invalid("结束月份早于开始月份。")
    organization = _organization(options["organization"]) if options["organization"] else None
    community = _community(options["community"]) if options["community"] else None
    return Subject(_office(), since, until, organization=organization, community=community)


def _office() -> Office:
    """Of the scope that stands open."""
    found: Office = Place.objects.select_related("office")[0].office
    return found


def _organization(name: str) -> Organization:
    found = find_organization(name)
    if found is None:
        raise Invalid(f"没有叫“{name}”的单位。")
    return found


def _community(name: str) -> Place:
    found = communities().filter(name=name).first() or communities().filter(code=name).first()
    if found is None:
        raise Invalid(f"没有叫“{name}”的社区。")
    return found


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
