"""read(write(deeds)): the page that was written from the deeds of 2020 is read back into them."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongjian.chronicle.reading.evaluation import Evaluation, compare
from gongjian.chronicle.reading.files import open_report
from gongjian.chronicle.reading.reader import read
from gongjian.chronicle.reading.registering import register
from gongjian.chronicle.writing.genres import compose
from gongjian.chronicle.writing.rendering import FORMATS
from gongjian.chronicle.writing.tests.factories import about
from gongjian.kernel.quantities import CHINESE
from gongjian.ledger.models import Deed
from gongjian.ledger.telling import plain
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.services.organizations import enter_organization
from gongjian.registry.tests.factories import make_clerk

ORGANIZATIONS = Path(__file__).parents[5] / "demo" / "organizations.toml"
DEEDS = Path(__file__).with_name("page_of_2020.toml")


def entries(file, name):
    return tomllib.loads(file.read_text(encoding="utf-8"))[name]


@pytest.fixture
def deeds(office):
    """What the eight organizations of the demo did, half of it by the day, half by the year."""
    clerk = make_clerk(office)
    doers = {
        entry["key"]: enter_organization(
            clerk,
            name=entry["name"],
            short_name=entry["short_name"],
            kind=entry["kind"],
            aliases=tuple(entry["aliases"]),
        )
        for entry in entries(ORGANIZATIONS, "organization")
    }
    told = [entry for entry in entries(DEEDS, "deed") if entry["doer"] in doers]
    return [_record(office, clerk, doers, entry, number) for number, entry in enumerate(told)]


def _record(office, clerk, doers, entry, number):
    quantity = Decimal(entry["quantity"]) if "quantity" in entry else None
    return make_deed(
        office,
        clerk,
        kind=entry["kind"],
        organization=doers[entry["doer"]],
        statement=entry["statement"],
        quantity=quantity,
        approximation=entry.get("approximation", "exact"),
        occurred_from=date.fromisoformat(entry["recorded"]) if number % 2 else date(2020, 1, 1),
        occurred_to=None if number % 2 else date(2020, 12, 31),
        precision=Deed.Precision.DAY if number % 2 else Deed.Precision.YEAR,
    )


def _as_fact(deed):
    return {
        "org": deed.organization.name,
        "category": deed.kind.category,
        "quantity": None if deed.quantity is None else float(deed.quantity),
        "unit": CHINESE[deed.unit] if deed.unit else None,
        "date": deed.occurred_from.isoformat() if deed.precision == "day" else str(deed.occurred_from.year),
        "span": plain(deed).rstrip("。"),
    }


@pytest.mark.parametrize(("genre", "seed"), [("page", "0"), ("page", "1"), ("statement", "2"), ("report", "3")])
def test_what_was_written_is_read_back(office, deeds, genre, seed):
    year = about(office, since=date(2020, 1, 1), until=date(2020, 12, 31))
    written = FORMATS["html"].render(compose(year, genre, seed=seed), office)
    text = open_report(written, "page.html").text
    evaluation = Evaluation()
    compare(read(text, register()).lines(), [_as_fact(deed) for deed in deeds], text, evaluation)
    for name, score in [*evaluation.fields.items(), ("whole fact", evaluation.facts)]:
        print(f"{genre:9} {name:14} F1 {score.f1:.3f}  ({score.found} of {score.proposed} read)")  # noqa: T201 - shown with -s
    assert evaluation.facts.f1 >= 0.9, evaluation.wrong
    assert min(score.f1 for score in evaluation.fields.values()) >= 0.9, evaluation.wrong
