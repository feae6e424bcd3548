"""The statement of deeds, told from the ledger: plain, specific, by category, nothing invented."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from gongjian.honors.models import Candidate
from gongjian.honors.scoring.explaining import cycle_deeds
from gongjian.ledger.models import Deed
from gongjian.ledger.telling import DATE, plain, when

MOST_DEEDS = 300


def tell(candidate: Candidate, *, most: int = 2000) -> str:
    """Paragraphs by category, each deed in its own words. Deeds that no longer fit are left to the ledger, and it says so."""
    deeds = list(cycle_deeds(candidate).filter(public=True)[: MOST_DEEDS + 1])
    deeds.sort(key=lambda deed: (deed.kind.category, -deed.level, deed.occurred_from, deed.pk))  # type: ignore[attr-defined]
    more = _("其余事迹见台账。")
    fitting, cut = list(_fitting(deeds[:MOST_DEEDS], most - len(more) - 2)), len(deeds) > MOST_DEEDS
    text = "\n".join(_paragraphs(fitting))
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


def _paragraphs(deeds: list[Deed]) -> Iterator[str]:
    for _category, group in groupby(deeds, key=lambda deed: deed.kind.category):
        members = list(group)
        yield f"{members[0].kind.get_category_display()}：{'；'.join(_sentence(deed) for deed in members)}。"


def _sentence(deed: Deed) -> str:
    """With its date in front, unless the statement places it or only the year is known."""
    text = plain(deed).strip().rstrip("。；;.")
    if DATE in deed.statement or deed.precision == Deed.Precision.YEAR:
        return text
    return f"{when(deed, language='zh')}，{text}"
