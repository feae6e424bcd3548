"""Which other whistles may say the same."""

import re

from django.db.models import Case, IntegerField, Value, When

from gongjian.registry.models import Account
from gongjian.work.whistles.models import OPEN_STATES, Whistle
from gongjian.work.whistles.selectors.reach import visible
from gongjian.work.whistles.selectors.similar import similar_open

MOST_ALIKE = 8
NUMBER = re.compile(r"\s*(?:(\d{4})\s*[-—–－]\s*)?0*(\d{1,12})\s*", re.ASCII)


def likely_same(account: Account, whistle: Whistle) -> list[Whistle]:
    """Open ones that tell of the same thing; then others of the community, the same category first, then the newest."""
    alike = similar_open(whistle.text, whistle.place, whistle.latitude, whistle.longitude, besides=whistle.pk, most=MOST_ALIKE)
    same = When(category=whistle.category_id, category__isnull=False, then=Value(0))
    found = visible(account).filter(state__in=OPEN_STATES, community=whistle.community_id)
    found = found.exclude(pk__in=[whistle.pk, *(one.pk for one in alike)]).annotate(
        other=Case(same, default=Value(1), output_field=IntegerField())
    )
    return [*alike, *found.order_by("other", "-received_at", "-pk")[: MOST_ALIKE - len(alike)]]


def by_number(account: Account, number: str) -> Whistle | None:
    """`2026-000123`, or only its last part."""
    written = NUMBER.fullmatch(number)
    found = visible(account).filter(pk=int(written[2])).first() if written else None
    return found if found and written and (written[1] is None or found.number.startswith(written[1])) else None
