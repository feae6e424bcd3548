"""Questions about published pages, in a number of queries that does not depend on their size."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.chronicle.models import HonorPage
from gongjian.honors.models import Award, Campaign, Objection
from gongjian.kernel.errors import Missing
from gongjian.kernel.quantities import Quantity
from gongjian.ledger.models import Deed, Seal
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.sealing.proofs import latest_seal
from gongjian.ledger.selectors import with_level

PUBLIC_STATES = (Campaign.State.PUBLISHED, Campaign.State.ARCHIVED, Campaign.State.REVOKED)


@dataclass(frozen=True)
class Figure:
    quantity: Quantity
    label: str
    url: str


@dataclass(frozen=True)
class Piece:
    text: str
    url: str = ""


@dataclass(frozen=True)
class Block:
    facts: dict[str, Any]
    sentences: list[list[Piece]]
    url: str
    revoked: bool


@dataclass(frozen=True)
class Share:
    label: str
    deeds: int
    percent: int
    """Of the largest category."""


@dataclass(frozen=True)
class Newspaper:
    """A page ready to be shown. `corrected` counts deeds on it that were reversed after it was written."""

    page: HonorPage
    campaign: Campaign
    figures: list[Figure]
    blocks: list[Block]
    individuals: list[Block]
    shares: list[Share]
    counts: dict[str, int]
    seal: Seal | None
    objections: int
    corrected: int


def newspaper(slug: str) -> Newspaper:
    """The latest version of a published campaign's page. Raises Missing."""
    found = HonorPage.objects.filter(campaign__slug=slug, campaign__state__in=PUBLIC_STATES)
    page = found.select_related("campaign").order_by("-number").first()
    if page is None:
        raise Missing(_("没有这一版，或者还没有发布。"))
    content, campaign = page.content, page.campaign
    awards = Award.objects.filter(campaign=campaign, revoked_on__isnull=False)
    revoked = set(awards.values_list("candidate_id", flat=True))
    return Newspaper(
        page=page,
        campaign=campaign,
        figures=[_figure(facts) for facts in content["figures"]],
        blocks=[_block(facts, revoked) for facts in content["blocks"]],
        individuals=[_block(facts, revoked) for facts in content["individuals"]],
        shares=_shares(content["categories"]),
        counts=content["counts"],
        seal=latest_seal(),
        objections=Objection.objects.filter(notice__campaign=campaign).count(),
        corrected=Deed.objects.filter(reverses__in=deeds_on(content)).count(),
    )


def deeds_on(content: dict[str, Any]) -> set[UUID]:
    """The deeds that the page names."""
    sentences = (s for block in content["blocks"] + content["individuals"] for s in block["sentences"])
    pieces = (piece for sentence in sentences for piece in sentence)
    return {UUID(deed) for piece in pieces if (deed := piece.get("deed") or piece.get("deed_without_figure"))}


def deeds_named(found: Newspaper) -> QuerySet[Any]:
    """Those of them that are still public, with `level` and `is_reversed`."""
    deeds = Deed.objects.filter(pk__in=deeds_on(found.page.content), public=True)
    related = with_level(deeds).select_related("kind", "place", "organization", "team", "person")
    return related.order_by("organization__name", "occurred_to", "id")


def _figure(facts: dict[str, Any]) -> Figure:
    english = (get_language() or "").startswith("en")
    return Figure(
        quantity=Quantity(Decimal(facts["value"]), facts["unit"], facts["approximation"]),
        label=facts["label_en" if english else "label_zh"],
        url=_where(facts),
    )


def _where(facts: dict[str, Any]) -> str:
    """The deed behind a figure, or the list of deeds that it sums; empty for plain text."""
    if "deed" in facts:
        return reverse("ledger:deed", args=[facts["deed"]])
    return f"{reverse('desk:deeds')}?{urlencode(facts['sum'])}" if "sum" in facts else ""


def _block(facts: dict[str, Any], revoked: set[int]) -> Block:
    organization = facts["organization"]
    return Block(
        facts=facts,
        sentences=[[Piece(piece["text"], _where(piece)) for piece in sentence] for sentence in facts["sentences"]],
        url=reverse("desk:organization", args=[organization]) if organization else "",
        revoked=facts["candidate"] in revoked,
    )


def _shares(categories: list[dict[str, Any]]) -> list[Share]:
    largest = max((row["deeds"] for row in categories), default=1)
    return [
        Share(str(Category(row["category"]).label), row["deeds"], round(100 * row["deeds"] / largest)) for row in categories
    ]
