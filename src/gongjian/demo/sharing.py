"""Shared venues: four given in 2020, whose giving the page tells; one of every committee; and some weeks of their use."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from gongjian.demo.confirming import Event, confirm, evidence_of, when, within_the_day
from gongjian.demo.facts import Facts, read
from gongjian.ledger.models import Deed, Level
from gongjian.registry.models import Account, Organization, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.sharing.forms.venues import WindowsField
from gongjian.work.sharing.models import Venue
from gongjian.work.sharing.services.venues import Given, set_hours, share_venue

RULES = ("name", "kind", "purpose", "capacity", "approval", "bookable", "terms")


def given_in_the_year(organizations: dict[str, Facts]) -> Iterator[Event]:
    for facts in read("sharing")["venue"]:
        yield from _giving(facts | {"key": f"{facts['doer']}-{facts['key']}"}, organizations[facts["doer"]])


def _giving(facts: Facts, organization: Facts) -> Iterator[Event]:
    shared = within_the_day(facts["recorded"], facts["key"])
    worker = f"community-{facts['place'][9:12]}"
    yield Event(shared, lambda: _share(facts, organization))
    if "statement" not in facts:
        return
    yield Event(shared + timedelta(days=3), lambda: confirm(facts, _deed(facts), worker, Level.COMMUNITY))
    if facts.get("level", 1) == Level.THIRD_PARTY:
        yield Event(shared + timedelta(days=6), lambda: confirm(facts, _deed(facts), "clerk", Level.THIRD_PARTY))


def _share(facts: Facts, organization: Facts) -> Venue:
    place, giver = Place.objects.get(code=facts["place"]), find_organization(organization["name"])
    known = Venue.objects.filter(place=place, name=facts["name"]).first()
    if known or giver is None:
        return known  # type: ignore[return-value]
    actor = Account.objects.get(username=organization["liaison"])
    return share(actor, facts, place, giver, _given(actor, facts) if "statement" in facts else None)


def _given(actor: Account, facts: Facts) -> Given:
    dates = when(facts)
    return Given(
        first=dates["occurred_from"],
        last=dates.get("occurred_to"),
        precision=dates.get("precision", Deed.Precision.DAY),
        statement=facts["statement"],
        beneficiary=facts["beneficiary"],
        evidence=[evidence_of(actor, facts, "现场")],
    )


def _deed(facts: Facts) -> Deed:
    venue = Venue.objects.get(place__code=facts["place"], name=facts["name"])
    return Deed.objects.select_related("place", "organization").get(source_room="sharing", source_key=f"venue:{venue.pk}")


def share(actor: Account, facts: Facts, place: Place, giver: Organization, given: Given | None = None) -> Venue:
    """With its hours, the same every day."""
    rules: dict[str, Any] = {name: facts[name] for name in RULES if name in facts}
    area = Decimal(facts["area"]) if "area" in facts else None
    venue = share_venue(actor, place=place, organization=giver, given=given, area=area, **rules)
    windows = WindowsField().clean(" ".join(facts.get("hours", []))) if facts.get("hours") else []
    set_hours(actor, venue=venue, week=[(day, window) for day in range(7) for window in windows])
    return venue
