"""What came before: by the hotline's number, or the same words from the same phone within a month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.sheets.kinds import Row
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

    def mark(self, rows: Sequence[Row]) -> None:
        self._learn(rows)
        for row in rows:
            row.why = self._why(row)
            row.repeated = bool(row.why)

    def _learn(self, rows: Sequence[Row]) -> None:
        hotline = Whistle.objects.filter(source=Whistle.Source.HOTLINE)
        numbers = {row.cells[at.NUMBER] for row in rows} - {""}
        self.numbers |= set(hotline.filter(external_number__in=numbers).values_list("external_number", flat=True))
        moments = [_when(row) for row in rows]
        marks = {_said(row)[0] for row in rows} - {""}
        if marks:
            near = (min(moments) - SAME_WITHIN, max(moments) + SAME_WITHIN)
            lately = Whistle.objects.filter(received_at__range=near, phone_mark__in=marks)
            for phone_mark, text, moment in lately.values_list("phone_mark", "text", "received_at"):
                self.said[phone_mark, text].append(moment)

    def _why(self, row: Row) -> str:
        number, said, moment = row.cells[at.NUMBER], _said(row), _when(row)
        if number and number in self.numbers:
            return _("重复：这个工单编号已经有了。")
        if said[0] and any(abs(moment - other) <= SAME_WITHIN for other in self.said[said]):
            return _("重复：同一个电话三十天内反映过同样的内容。")
        self.numbers |= {number} - {""}
        self.said[said].append(moment)
        return ""


def _said(row: Row) -> Said:
    return mark(checked_phone(row.cells[at.PHONE])), row.cells[at.TEXT]


def _when(row: Row) -> datetime:
    return datetime.fromisoformat(row.values["at"]) if row.values["at"] else clock.now()
