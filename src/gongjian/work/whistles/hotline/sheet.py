"""The hotline's sheet of work orders: each row checked by the same rules as a report that comes in singly."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.errors import Invalid
from gongjian.kernel.sheets import cells
from gongjian.kernel.sheets.kinds import Row, SheetKind
from gongjian.registry.models import Place
from gongjian.registry.selectors import communities
from gongjian.work.whistles.hotline import columns as at
from gongjian.work.whistles.hotline.repeated import Seen
from gongjian.work.whistles.models import Category, Whistle
from gongjian.work.whistles.selectors.policies import categories
from gongjian.work.whistles.services.bulk_intake import take_in_many
from gongjian.work.whistles.services.checks import checked_coordinates, checked_past, checked_phone, checked_text
from gongjian.work.whistles.services.reports import Report

MOST_NUMBER = 60
HOTLINE = Whistle.Source.HOTLINE


class HotlineSheet(SheetKind):
    title = gettext_lazy("导入 12345 工单")
    sub = gettext_lazy("上传热线的表格，先看结果，确认了才导入。同一个工单编号只会导入一次。")
    permission = "whistles.import"
    columns = at.COLUMNS

    def back(self) -> str:
        return reverse("whistles:board")

    def choices(self) -> Iterable[tuple[str, str]]:
        """What this office calls its communities and categories."""
        yield from ((at.PLACE, place.name) for place in communities())
        yield from ((at.CATEGORY, str(category)) for category in categories())

    def prepare(self) -> None:
        self.seen = Seen()
        self.places = cells.unambiguous(communities(), _names_of_place)
        self.categories = cells.unambiguous(categories(), _names_of_category)

    def read(self, row: Row) -> None:
        if len(row.cells[at.NUMBER]) > MOST_NUMBER:
            raise Invalid(_("工单编号太长（不超过 %(most)s 个字符）。") % {"most": MOST_NUMBER}, code="number")
        checked_text(row.cells[at.TEXT])
        checked_phone(row.cells[at.PHONE])
        checked_coordinates(row.cells[at.LATITUDE], row.cells[at.LONGITUDE])
        said_at = checked_past(cells.moment(row, at.SAID_AT))
        place = cells.one_of(row, at.PLACE, self.places)
        category = self.categories.get(row.cells[at.CATEGORY])
        if row.cells[at.CATEGORY] and category is None:
            row.remark = _("类别不在派单目录里：由系统按内容建议，您再确认。")
        row.values = {
            "at": said_at.isoformat() if said_at else None,
            "place": place.code if place else None,
            "category": category.code if category else None,
        }

    def mark_repeated(self, rows: Sequence[Row]) -> None:
        self.seen.mark(rows)

    def write(self, rows: Sequence[Row]) -> int:
        places = {place.code: place for place in self.places.values()}
        by_code = {category.code: category for category in self.categories.values()}
        reports = [report_of(row, places, by_code) for row in rows]
        return len(take_in_many(self.actor, office=self.actor.office, reports=reports, source=HOTLINE))


def report_of(row: Row, places: dict[str, Place], categories: dict[str, Category]) -> Report:
    """From what `read` made of it."""
    values: dict[str, Any] = row.values
    return Report(
        text=row.cells[at.TEXT],
        place=places.get(values["place"]),
        spot=row.cells[at.SPOT],
        latitude=row.cells[at.LATITUDE],
        longitude=row.cells[at.LONGITUDE],
        name=row.cells[at.NAME],
        phone=row.cells[at.PHONE],
        external_number=row.cells[at.NUMBER],
        category=categories.get(values["category"]),
        said_at=datetime.fromisoformat(values["at"]) if values["at"] else None,
    )


def _names_of_place(place: Place) -> Iterable[str]:
    return place.code, place.name, place.official_name, place.name.removesuffix("社区")


def _names_of_category(category: Category) -> Iterable[str]:
    return category.code, str(category), category.minor
