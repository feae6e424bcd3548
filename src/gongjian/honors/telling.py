"""The statement of deeds, told from the ledger: plain, specific, by category, nothing invented."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from gongjian.honors.models import Candidate
from gongjian.honors.scoring.explaining import cycle_deeds
from gongjian.kernel.quantities import Quantity
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.telling import DATE, plain, when

MOST_DEEDS = 300
TOLD_ONE_BY_ONE = 3
"""Deeds of one kind by people of an organization beyond this number are told as a sum."""


def tell(candidate: Candidate, *, most: int = 2000) -> str:
    """Paragraphs by category, each deed in its own words. Deeds that no longer fit are left to the ledger, and it says so."""
    found = cycle_deeds(candidate).filter(public=True)
    sums = _sums_of_many(found) if candidate.organization_id else []
    deeds = list(found.exclude(person__isnull=False, kind__in=[kind for kind, _told in sums])[: MOST_DEEDS + 1])
    deeds.sort(key=lambda deed: (deed.kind.category, -deed.level, deed.occurred_from, deed.pk))  # type: ignore[attr-defined]
    more = _("其余事迹见台账。")
    most -= len(more) + 2 + sum(len(kind.get_category_display()) + len(told) + 3 for kind, told in sums)
    fitting, cut = list(_fitting(deeds[:MOST_DEEDS], most)), len(deeds) > MOST_DEEDS
    text = "\n".join(_paragraphs(fitting, sums))
    return f"{text}\n{more}" if cut or len(fitting) < len(deeds) else text


def _fitting(deeds: list[Deed], room: int) -> Iterator[Deed]:
    categories: set[str] = set()
    for deed in deeds:
        heading = 0 if deed.kind.category in categories else len(deed.kind.get_category_display()) + 3
        room -= len(_sentence(deed)) + 1 + heading
        if room < 0:
            return
        categories.add(deed.kind.category)
        yield deed


def _sums_of_many(found: QuerySet[Deed]) -> list[tuple[DeedKind, str]]:
    """What many of the organization's people did of one kind is told as a sum, as on the honor page."""
    of_people = found.filter(person__isnull=False, quantity__isnull=False).order_by().values("kind")
    rows = of_people.annotate(many=Count("pk"), total=Sum("quantity")).filter(many__gt=TOLD_ONE_BY_ONE).order_by("kind")
    kinds = DeedKind.objects.in_bulk([row["kind"] for row in rows])
    found_kinds = [(kinds[row["kind"]], row["total"]) for row in rows]
    return [(kind, f"{kind.name_zh}累计{Quantity(total, kind.unit).roughly().in_chinese()}") for kind, total in found_kinds]


def _paragraphs(deeds: list[Deed], sums: list[tuple[DeedKind, str]]) -> Iterator[str]:
    told: dict[str, list[str]] = {}
    for kind, sentence in [*sums, *((deed.kind, _sentence(deed)) for deed in deeds)]:
        told.setdefault(kind.get_category_display(), []).append(sentence)
    for category, sentences in told.items():
        yield f"{category}：{'；'.join(sentences)}。"


def _sentence(deed: Deed) -> str:
    """With its date in front, unless the statement places it or only the year is known."""
    text = plain(deed).strip().rstrip("。；;.")
    if DATE in deed.statement or deed.precision == Deed.Precision.YEAR:
        return text
    return f"{when(deed, language='zh')}，{text}"
