"""Questions about reports that were read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.chronicle.reading.models import Report
from gongjian.chronicle.reading.proposed import Proposed, period_of
from gongjian.chronicle.reading.services import ROOM, Accepted
from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.quantities import Quantity
from gongjian.kernel.rooms import Found
from gongjian.ledger.models import Deed, DeedKind
from gongjian.registry.models import Account, Organization, Place, Role


@dataclass(frozen=True)
class Card:
    """A proposal as the page shows it. `deed` once it was recorded; `lacks` says what keeps it from being ticked."""

    proposed: Proposed
    kind: DeedKind
    organization: Organization | None
    place: Place | None
    deed: Deed | None
    lacks: str
    anchor: int
    """Number of its sentence among the pieces of the text."""

    @property
    def amount(self) -> str:
        if not self.proposed.quantity:
            return ""
        return str(Quantity(Decimal(self.proposed.quantity), self.kind.unit, self.proposed.approximation))


@dataclass(frozen=True)
class Piece:
    """A run of the report's text; `number` is that of the sentence (its first proposal), 0 for text that told nothing."""

    text: str
    number: int


def reports(account: Account) -> QuerySet[Report]:
    """Newest first: all for the office, the own ones for others."""
    found = Report.objects.select_related("read_by").defer("text").order_by("-read_at")
    sees_all = account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)
    return found if sees_all else found.filter(read_by=account)


def get_report(account: Account, pk: int) -> Report:
    """Raises Missing for what is not there and for what the account may not see."""
    report = Report.objects.select_related("read_by", "place", "evidence").filter(pk=pk).first()
    if report is None or not may(account, "reading.look", report):
        raise Missing(_("没有这篇报道。"))
    return report


def search(account: Any, words: str) -> list[Found]:
    if not account.is_authenticated or not may(account, "reading.read"):
        return []
    return [
        Found(_("报道"), report.title, report.read_at.strftime("%Y-%m-%d"), reverse("reading:report", args=[report.pk]))
        for report in reports(account).filter(title__icontains=words)[:8]
    ]


def cards(report: Report) -> list[Card]:
    """Six queries, however many proposals there are."""
    kept = [Proposed.kept(content) for content in report.proposals]
    kinds = DeedKind.objects.in_bulk()
    organizations = Organization.objects.select_related("community").in_bulk(
        [k.organization_pk for k in kept if k.organization_pk]
    )
    places = {place.name: place for place in Place.objects.filter(name__in={one.place for one in kept if one.place})}
    deeds = {d.source_key: d for d in Deed.objects.filter(source_room=ROOM, source_key__in=[one.key for one in kept])}
    subdistrict = Place.objects.filter(level=Place.Level.SUBDISTRICT).first()
    anchors = _anchors(report)
    made = []
    for one in kept:
        organization = organizations.get(one.organization_pk or 0)
        place = places.get(one.place) or report.place or (organization and organization.community) or subdistrict
        lacks = _lacks(one, organization, report)
        made.append(
            Card(
                one,
                kinds.get(one.kind) or kinds["other"],
                organization,
                place or None,
                deeds.get(one.key),
                lacks,
                anchors[one.sentence_start, one.sentence_end],
            )
        )
    return made


def _lacks(one: Proposed, organization: Organization | None, report: Report) -> str:
    if organization is None:
        return _("底册里没有这个单位") if one.organization else _("文中没说是谁做的")
    if period_of(one, report.published, clock.today()) is None:
        return _("文中没写是哪一年")
    return ""


def card(report: Report, number: int) -> Card:
    """Raises Missing."""
    found = next((one for one in cards(report) if one.proposed.number == number), None)
    if found is None:
        raise Missing(_("这篇报道里没有这一条。"))
    return found


def as_it_stands(report: Report, one: Card) -> Accepted:
    """The proposal as it would be recorded without a change. Only for cards that lack nothing."""
    period = period_of(one.proposed, report.published, clock.today())
    assert one.organization is not None
    assert one.place is not None
    assert period is not None
    return Accepted(
        number=one.proposed.number,
        key=one.proposed.key,
        kind=one.kind,
        place=one.place,
        organization=one.organization,
        statement=one.proposed.statement,
        occurred_from=period[0],
        occurred_to=period[1],
        precision=period[2],
        quantity=Decimal(one.proposed.quantity) if one.proposed.quantity else None,
        approximation=one.proposed.approximation,
    )


def pieces(report: Report) -> Iterator[Piece]:
    """The whole text, cut at the sentences that told something."""
    position = 0
    for (start, end), number in sorted(_anchors(report).items()):
        if start < position:
            continue
        yield Piece(report.text[position:start], 0)
        yield Piece(report.text[start:end], number)
        position = end
    yield Piece(report.text[position:], 0)


def _anchors(report: Report) -> dict[tuple[int, int], int]:
    """Where each sentence stands that told something, and the number of its first proposal."""
    found: dict[tuple[int, int], int] = {}
    for content in report.proposals:
        found.setdefault((content["sentence_start"], content["sentence_end"]), content["number"])
    return found


def may_accept(account: Account, report: Report) -> bool:
    return may(account, "reading.accept", report)
