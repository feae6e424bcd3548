"""What came before: by the hotline's number, or the same words from the same phone within a month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.registry.services.people import mark
from gongjian.work.whistles.hotline import columns as at
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.services.checks import checked_phone

SAME_WITHIN = timedelta(days=30)
Said = tuple[str, str]


class Seen:
    """What the sheet itself has brought so far, and what the office has."""

    def __init__(self) -> None:
        self.numbers: set[str] = set()
        self.said: defaultdict[Said, list[datetime]] = defaultdict(list)

    def tell_apart(self, rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The new ones, and the others with the reason in `why`."""
        self._learn(rows)
        fresh: list[dict[str, Any]] = []
        known: list[dict[str, Any]] = []
        for row in rows:
            why = self._why(row)
            (known if why else fresh).append(row | {"why": why})
        return fresh, known

    def _learn(self, rows: Sequence[dict[str, Any]]) -> None:
        hotline = Whistle.objects.filter(source=Whistle.Source.HOTLINE)
        numbers = {row["cells"][at.NUMBER] for row in rows} - {""}
        self.numbers |= set(hotline.filter(external_number__in=numbers).values_list("external_number", flat=True))
        moments = [_when(row) for row in rows]
        marks = {_said(row)[0] for row in rows} - {""}
        if marks:
            near = (min(moments) - SAME_WITHIN, max(moments) + SAME_WITHIN)
            lately = Whistle.objects.filter(received_at__range=near, phone_mark__in=marks)
            for phone_mark, text, moment in lately.values_list("phone_mark", "text", "received_at"):
                self.said[phone_mark, text].append(moment)

    def _why(self, row: dict[str, Any]) -> str:
        number, said, moment = row["cells"][at.NUMBER], _said(row), _when(row)
        if number and number in self.numbers:
            return _("重复：这个工单编号已经有了。")
        if said[0] and any(abs(moment - other) <= SAME_WITHIN for other in self.said[said]):
            return _("重复：同一个电话三十天内反映过同样的内容。")
        self.numbers |= {number} - {""}
        self.said[said].append(moment)
        return ""


def _said(row: dict[str, Any]) -> Said:
    return mark(checked_phone(row["cells"][at.PHONE])), row["cells"][at.TEXT]


def _when(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["at"]) if row["at"] else clock.now()
