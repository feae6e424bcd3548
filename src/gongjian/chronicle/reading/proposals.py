"""What reading yields: proposed deeds, each with the exact words it came from. Nothing here is recorded."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.chronicle.reading.facts.dates import When
from gongjian.kernel.quantities import Approximation


@dataclass(frozen=True)
class Proposal:
    """`start` and `end` stand for the span in the report; `sentence` for the sentence around it."""

    organization: str
    deed: str
    kind: str
    category: str
    start: int
    end: int
    sentence: tuple[int, int]
    quantity: Decimal | None = None
    unit: str = ""
    ledger_unit: str = ""
    approximation: str = ""
    when: When | None = None
    place: str = ""
    organization_pk: int | None = None
    """None for one that the registry does not know: proposed as new."""
    by_model: bool = False
    """Proposed by the configured language model, checked against the text."""


@dataclass(frozen=True)
class Contradiction:
    """Two figures of one thing that differ."""

    organization: str
    thing: str
    first: Proposal
    second: Proposal

    def __str__(self) -> str:
        """For a person."""
        words = {"who": self.organization, "thing": self.thing, "unit": self.first.unit}
        figures = {"one": self.first.quantity, "other": self.second.quantity}
        return _("前后说的不一样：%(who)s，%(thing)s %(one)s %(unit)s 和 %(other)s %(unit)s。请核对后再记。") % (
            words | figures
        )


@dataclass
class Reading:
    text: str
    proposals: list[Proposal] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)

    def span(self, proposal: Proposal) -> str:
        return self.text[proposal.start : proposal.end]

    def lines(self) -> list[dict[str, Any]]:
        return [self.line(proposal) for proposal in self.proposals]

    def line(self, proposal: Proposal) -> dict[str, Any]:
        """As `gongjian chronicle read --json` prints it."""
        return {
            "org": proposal.organization or None,
            "deed": proposal.deed,
            "category": proposal.category,
            "quantity": _number(proposal.quantity),
            "unit": proposal.unit or None,
            "approx": proposal.approximation or None,
            "date": str(proposal.when) if proposal.when else None,
            "place": proposal.place or None,
            "span": self.span(proposal),
        }


def exact(quantity: Decimal | None) -> str:
    return Approximation.EXACT if quantity is not None else ""


def _number(quantity: Decimal | None) -> int | float | None:
    """JSON knows no decimals; a float prints the same digits back."""
    if quantity is None:
        return None
    return int(quantity) if quantity == quantity.to_integral_value() else float(quantity)
