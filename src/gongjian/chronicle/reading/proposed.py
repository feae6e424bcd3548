"""A proposal as a report keeps it, and what the ledger would make of it."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from gongjian.chronicle.reading.facts.deeds import uncounted_kind
from gongjian.chronicle.reading.facts.quantities import amounts
from gongjian.chronicle.reading.proposals import Proposal, Reading
from gongjian.kernel.quantities import WHOLE_UNITS
from gongjian.ledger.catalogue import shipped_kinds
from gongjian.ledger.telling import QUANTITY

HAPPENS_ONCE = frozenset({"agreement", "owners-committee", "party-branch", "space-shared", "reading-room"})
"""Counted kinds of which a sentence without a number tells one."""


@dataclass(frozen=True)
class Proposed:
    """`number` counts from 1 in its report; `key` is the same however often the same text is read.

    `kind` and `quantity` are what the ledger can hold: a figure in a unit that no kind is counted in stays in `deed` alone.
    Dates are ISO texts, empty where the report names none.
    """

    number: int
    key: str
    organization: str
    organization_pk: int | None
    deed: str
    """In the report's words."""
    statement: str
    """The same for the ledger: `{数}` where its figure stands."""
    category: str
    kind: str
    quantity: str
    approximation: str
    figure: str
    """As the report has it, for reading: 近 20000 元."""
    date: str
    occurred_from: str
    occurred_to: str
    precision: str
    place: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    by_model: bool

    @classmethod
    def kept(cls, content: dict[str, Any]) -> "Proposed":
        return cls(**{field.name: content[field.name] for field in fields(cls)})

    def content(self) -> dict[str, Any]:
        return asdict(self)


def proposed(reading: Reading, sha256: str) -> list[Proposed]:
    return [_proposed(proposal, number, sha256) for number, proposal in enumerate(reading.proposals, start=1)]


def _proposed(proposal: Proposal, number: int, sha256: str) -> Proposed:
    kind, quantity = ledger_kind(proposal)
    days = proposal.when.days() if proposal.when else None
    return Proposed(
        number=number,
        key=f"{sha256[:24]}:{proposal.start}:{proposal.quantity or '-'}{proposal.unit}:{proposal.kind}"[:80],
        organization=proposal.organization,
        organization_pk=proposal.organization_pk,
        deed=proposal.deed[:480],
        statement=_statement(proposal) if quantity is not None else proposal.deed[:480],
        category=proposal.category,
        kind=kind,
        quantity=f"{quantity:f}" if quantity is not None else "",
        approximation=proposal.approximation if quantity is not None and proposal.approximation else "exact",
        figure=_figure(proposal),
        date=str(proposal.when) if proposal.when else "",
        occurred_from=days[0].isoformat() if days else "",
        occurred_to=days[1].isoformat() if days else "",
        precision=proposal.when.precision if proposal.when and days else "",
        place=proposal.place,
        start=proposal.start,
        end=proposal.end,
        sentence_start=proposal.sentence[0],
        sentence_end=proposal.sentence[1],
        by_model=proposal.by_model,
    )


def _statement(proposal: Proposal) -> str:
    for amount in amounts(proposal.deed):
        if (amount.value, amount.unit) == (proposal.quantity, proposal.unit):
            return f"{proposal.deed[: amount.start]}{QUANTITY}{proposal.deed[amount.end :]}"[:480]
    return proposal.deed[:480]


def ledger_kind(proposal: Proposal) -> tuple[str, Decimal | None]:
    """The kind of the catalogue that can hold the proposal: the told one if its unit fits, else one of the same category."""
    kinds = [kind for kind in shipped_kinds() if kind["category"] == proposal.category]
    kinds.sort(key=lambda kind: kind["code"] != proposal.kind)
    if proposal.quantity is not None and proposal.ledger_unit and _can_hold(proposal.quantity, proposal.ledger_unit):
        fitting = next((kind for kind in kinds if kind["unit"] == proposal.ledger_unit), None)
        if fitting:
            return fitting["code"], proposal.quantity
    if proposal.quantity is None and proposal.kind in HAPPENS_ONCE:
        return proposal.kind, Decimal(1)
    told = next((kind["code"] for kind in kinds if kind["code"] == proposal.kind and not kind["unit"]), None)
    return told or uncounted_kind(proposal.category) or "other", None


def _can_hold(quantity: Decimal, unit: str) -> bool:
    whole = quantity == quantity.to_integral_value()
    return whole if unit in WHOLE_UNITS else quantity == quantity.quantize(Decimal("0.01"))


def _figure(proposal: Proposal) -> str:
    if proposal.quantity is None:
        return ""
    before = {"nearly": "近", "about": "约"}.get(proposal.approximation, "")
    after = "余" if proposal.approximation == "over" else ""
    value, scale = proposal.quantity.normalize(), ""
    if value >= 10_000 and value % 1000 == 0:
        value, scale = (value / 10_000).normalize(), "万"
    return f"{before}{value:f}{after}{scale}{proposal.unit}"


def period_of(kept: Proposed, published: date | None, today: date) -> tuple[date, date, str] | None:
    """From, to and precision: as the report says, else the year of its publication as far as it had passed."""
    if kept.occurred_from:
        first, last = date.fromisoformat(kept.occurred_from), date.fromisoformat(kept.occurred_to)
        return first, max(first, min(last, today)), kept.precision
    return (published.replace(month=1, day=1), published, "year") if published else None
