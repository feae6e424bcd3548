"""Deeds of several organizations, of every precision and exactness."""

from datetime import date
from decimal import Decimal
from typing import Any

from gongjian.chronicle.writing.subjects import Subject
from gongjian.ledger.models import Deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.models import Office, Organization
from gongjian.registry.services.organizations import add_alias
from gongjian.registry.tests.factories import make_clerk, make_organization

JULY = date(2020, 7, 1), date(2020, 7, 31)


def about(office: Office, **details: Any) -> Subject:
    """The office in July 2020, unless `details` say otherwise."""
    return Subject(**({"office": office, "since": JULY[0], "until": JULY[1]} | details))


def make_doer(office: Office, name: str, **details: Any) -> Organization:
    organization = make_organization(office, name=name, **details)
    if not organization.aliases.exists():
        add_alias(make_clerk(office), organization=organization, name=name)
    return organization


def donate(office: Office, organization: Organization, amount: int = 620, **details: Any) -> Deed:
    values = {
        "kind": "space-area",
        "statement": "让出用房{数}",
        "quantity": Decimal(amount),
        "occurred_from": date(2020, 7, 30),
    }
    return make_deed(office, organization=organization, **(values | details))
