"""Co-building: the agreement of 2020 with its room, and the three lists of the last weeks."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongjian.demo.confirming import Event, confirm, evidence_of, within_the_day
from gongjian.demo.facts import Facts, moment, read
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, Level
from gongjian.registry.models import Account, Organization, PartyOrganization, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Agreement, AgreementRoom

PARTS = [(side, part) for side in ("organization", "community") for part in ("in_charge", "liaison")]
DUTIES = ("content", "duties_organization", "duties_community")
NAMES = ("钱样例", "赵样例", "孙样例", "李样例")


def signed_in_the_year(organizations: dict[str, Facts]) -> Iterator[Event]:
    """The agreements of 2020: signed, their rooms handed over, the deeds of both confirmed."""
    for facts in read("cobuilding")["agreement"]:
        organization = organizations[facts["doer"]]
        room = {
            **facts["room"],
            "key": f"{facts['key']}-room",
            "recorded": facts["recorded"],
            "statement": facts["room"]["purpose"],
        }
        whole = facts | {"statement": facts["title"], "room": room}
        yield from _signing(whole, organization)


def _signing(facts: Facts, organization: Facts) -> Iterator[Event]:
    worker, recorded = f"community-{facts['community'][-3:]}", within_the_day(facts["recorded"], facts["key"])
    room = facts["room"]
    yield Event(moment(facts["drafted"], 15), lambda: _draft(facts, organization))
    yield Event(recorded, lambda: _sign(facts, organization))
    yield Event(recorded + timedelta(hours=1), lambda: _hand_over(facts, organization))
    later = recorded + timedelta(days=3)
    yield Event(later, lambda: confirm(facts, _deed(f"agreement:{_agreement(facts).pk}"), worker, Level.COMMUNITY))
    yield Event(later, lambda: confirm(room, _deed(f"room:{_room(facts).pk}"), worker, Level.COMMUNITY))
    if room.get("level", 1) == Level.THIRD_PARTY:
        last = recorded + timedelta(days=6)
        yield Event(last, lambda: confirm(room, _deed(f"room:{_room(facts).pk}"), "clerk", Level.THIRD_PARTY))


def _draft(facts: Facts, organization: Facts) -> None:
    if Agreement.objects.filter(number=facts["number"]).exists():
        return
    actor = Account.objects.get(username=organization["liaison"])
    agreement = _written(actor, facts, organization, date.fromisoformat(facts["begins"]), date.fromisoformat(facts["ends"]))
    room = facts["room"]
    names = ("name", "ownership", "purpose", "safety", "utilities", "exit_terms")
    place, area = Place.objects.get(code=room["place"]), Decimal(room["area"])
    services.add_room(actor, agreement=agreement, place=place, area=area, **{name: room[name] for name in names})


def _written(actor: Account, facts: Facts, organization: Facts, begins: date, ends: date) -> Agreement:
    named = zip(PARTS, facts.get("persons", NAMES), strict=True)
    return services.draft_agreement(
        actor,
        organization=_unit(organization),
        place=Place.objects.get(code=facts["community"]),
        number=facts["number"],
        title=facts["title"],
        begins_on=begins,
        ends_on=ends,
        persons=[services.Named(side, part, name) for (side, part), name in named],
        **{name: facts[name] for name in DUTIES},
    )


def _sign(facts: Facts, organization: Facts) -> None:
    agreement, actor = _agreement(facts), Account.objects.get(username=organization["liaison"])
    if agreement.state == Agreement.State.DRAFT:
        copies = [evidence_of(actor, facts, "签好的协议")]
        services.sign_with(actor, agreement=agreement, signed_on=date.fromisoformat(facts["signed"]), copies=copies)


def _hand_over(facts: Facts, organization: Facts) -> None:
    room, actor = _room(facts), Account.objects.get(username=organization["liaison"])
    if room.handed_over_on is None:
        evidence = [evidence_of(actor, facts["room"], "现场")]
        services.hand_over_with(actor, room=room, on=date.fromisoformat(facts["signed"]), evidence=evidence)


def _agreement(facts: Facts) -> Agreement:
    return Agreement.objects.get(number=facts["number"])


def _room(facts: Facts) -> AgreementRoom:
    return AgreementRoom.objects.select_related("agreement").get(agreement__number=facts["number"])


def _deed(key: str) -> Deed:
    return Deed.objects.select_related("place", "organization").get(source_room="cobuilding", source_key=key)


def _unit(organization: Facts) -> Organization:
    found = find_organization(organization["name"])
    assert found is not None, organization
    return found


def recently_signed() -> list[Event]:
    """Agreements in force today, with their meetings; one of them is about to end."""
    organizations = {entry["key"]: entry for entry in read("organizations")["organization"]}
    planned = [
        event
        for facts in read("cobuilding")["recent_agreement"]
        for event in _recent(facts | {"key": facts["number"]}, organizations[facts["doer"]])
    ]
    planned += [_report_in(facts) for facts in read("cobuilding")["report_in"]]
    return sorted([*planned, Event(timezone.now(), services.watch_over_agreements)], key=lambda event: event.at)


def _recent(facts: Facts, organization: Facts) -> Iterator[Event]:
    signed = _ago(facts["signed_ago"])
    yield Event(signed, lambda: _sign_recent(facts, organization))
    for age, subject in facts["meetings"]:
        yield Event(_ago(age), _meeting(facts, subject))


def _report_in(facts: Facts) -> Event:
    def act() -> None:
        party = PartyOrganization.objects.get(name=facts["party"])
        place = Place.objects.get(code=facts["community"])
        worker = _worker(facts["community"])
        services.report_in(worker, place=place, party=party, post=facts["post"], reported_on=clock.today())

    return Event(_ago(facts["age"]), act)


def _sign_recent(facts: Facts, organization: Facts) -> None:
    worker, today = _worker(facts["community"]), clock.today()
    agreement = _written(worker, facts, organization, today, today + timedelta(days=facts["days"]))
    shown = {"key": facts["number"], "statement": facts["title"], "recorded": str(today)}
    copies = [evidence_of(worker, shown, "签好的协议")]
    services.sign_with(worker, agreement=agreement, signed_on=today, copies=copies)


def _meeting(facts: Facts, subject: str) -> Callable[[], Any]:
    return lambda: services.record_meeting(
        _worker(facts["community"]), agreement=_agreement(facts), held_on=clock.today(), subject=subject
    )


def _worker(community: str) -> Account:
    return Account.objects.get(username=f"community-{community[-3:]}")


def _ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)
