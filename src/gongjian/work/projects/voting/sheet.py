"""The roll as an Excel file: a line for each exclusive unit."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.sheets import cells
from gongjian.kernel.sheets.kinds import Column, Row, SheetKind
from gongjian.work.projects.voting.models import Flat, Vote
from gongjian.work.projects.voting.selectors.votes import get_vote
from gongjian.work.projects.voting.services.preparing import Entry, add_flats

NUMBER, FLOOR, OWNERS, MARKS, DEVELOPER = "房号", "楼层", "业主", "证件后四位", "建设单位未出售"
AREAS = {"register": "登记簿面积", "survey": "测绘面积", "contract": "合同面积"}
MOST_AREA = Decimal(100_000)
COLUMNS = [
    Column(NUMBER, "一户一行，比如 1-2-301；同一个房号只能出现一次。", "1-2-301"),
    Column(FLOOR, "数字。分摊电梯费用要用。", "3", optional=True, width=8),
    Column(AREAS["register"], "平方米，不动产登记簿上的面积；有它就以它为准。", "89.56", optional=True),
    Column(AREAS["survey"], "没有登记的，填测绘机构的实测面积。", "", optional=True),
    Column(AREAS["contract"], "都没有的，填买卖合同上的面积。三种至少填一种。", "", optional=True),
    Column(OWNERS, "共有的都写上，用顿号隔开。", "张样例、李样例", width=24),
    Column(MARKS, "有同名同姓的才要填，和业主一一对应，用顿号隔开。", "", optional=True),
    Column(DEVELOPER, "开发商没有卖出或没有交付的写“是”，业主空着。", "", optional=True),
]


class RollSheet(SheetKind):
    title = gettext_lazy("导入业主名册")
    sub = gettext_lazy("上传表格，先看结果，确认了才导入。有问题的行改好再传，已经导入的不会重复。")
    permission = "voting.keep"
    columns = COLUMNS

    def check(self) -> None:
        self.vote = get_vote(self.actor, int(self.about) if self.about.isdigit() else 0)
        require(self.actor, self.permission, self.vote)
        if self.vote.state != Vote.State.DRAFT:
            raise Conflict(_("表决已经开始，名册和事项不能再改。"), code="wrong-state")

    def back(self) -> str:
        return reverse("voting:roll", args=[self.vote.pk])

    def prepare(self) -> None:
        self.seen: dict[str, Row] = {}
        self.known = {flat.number: flat for flat in Flat.objects.filter(vote=self.vote)}

    def read(self, row: Row) -> None:
        entry = entry_of(row)
        row.values = {"area": str(next(iter(entry.areas.values())))}

    def mark_repeated(self, rows: Sequence[Row]) -> None:
        """The same flat twice: the same line again is left out; with another area, both must be looked at."""
        for row in rows:
            number = row.cells[NUMBER]
            if earlier := self.seen.get(number):
                self._mark(row, earlier)
            elif number in self.known:
                self._mark_known(row, self.known[number])
            self.seen.setdefault(number, row)

    def _mark(self, row: Row, earlier: Row) -> None:
        if row.cells == earlier.cells:
            row.repeated, row.why = True, _("和上面一行完全一样。")
            return
        said = {"number": row.cells[NUMBER], "row": earlier.number, "one": earlier.values["area"], "two": row.values["area"]}
        sentence = _("%(number)s 写了两次（第 %(row)s 行 %(one)s 平方米，这里 %(two)s 平方米）：先核对权证，只留一行。")
        row.why = sentence % said
        earlier.why = earlier.why or row.why

    def _mark_known(self, row: Row, flat: Flat) -> None:
        if Decimal(row.values["area"]) == flat.area:
            row.repeated, row.why = True, _("名册里已经有这一户。")
        else:
            said = {"area": flat.area, "new": row.values["area"]}
            sentence = _("名册里已经有这一户，面积是 %(area)s，和这里的 %(new)s 对不上：核对以后，清空名册再导入。")
            row.why = sentence % said

    def write(self, rows: Sequence[Row]) -> int:
        return add_flats(self.actor, vote=self.vote, entries=[entry_of(row) for row in rows])


def entry_of(row: Row) -> Entry:
    """Raises Invalid with the reason for a line that cannot be."""
    number = cells.needed(row, NUMBER, most=30)
    developer = cells.yes_or_no(row, DEVELOPER)
    owners = _owners(row)
    if not owners and not developer:
        raise Invalid(_("没有业主；开发商没有卖出的，请在“建设单位未出售”写“是”。"), code="owner")
    if owners and developer:
        raise Invalid(_("写了业主，又写了建设单位未出售：只能是一样。"), code="developer")
    return Entry(number, _areas(row), owners, _floor(row), developer)


def _areas(row: Row) -> dict[str, Decimal]:
    found = {source: area for source, title in AREAS.items() if (area := cells.number(row, title)) is not None}
    if not found:
        raise Invalid(_("没有面积：登记簿、测绘、合同三种至少填一种。"), code="area")
    for area in found.values():
        if not 0 < area < MOST_AREA or area != area.quantize(Decimal("0.01")):
            raise Invalid(_("面积 %(area)s 不对：要大于零，最多两位小数。") % {"area": area}, code="area")
    return found


def _floor(row: Row) -> int | None:
    floor = cells.number(row, FLOOR)
    if floor is None:
        return None
    if floor != int(floor) or not -5 <= floor <= 120:
        raise Invalid(_("楼层 %(floor)s 不对。") % {"floor": floor}, code="floor")
    return int(floor)


def _owners(row: Row) -> list[tuple[str, str]]:
    names, marks = _listed(row.cells[OWNERS]), _listed(row.cells[MARKS])
    if marks and len(marks) != len(names):
        raise Invalid(_("“证件后四位”的个数和业主的个数对不上。"), code="marks")
    if any(len(name) > 80 for name in names) or any(len(mark) > 8 for mark in marks):
        raise Invalid(_("业主的名字太长。"), code="owner")
    owners = list(zip(names, marks or [""] * len(names), strict=True))
    if len(set(owners)) < len(owners):
        raise Invalid(_("同一位业主写了两次。"), code="owner")
    return owners


def _listed(text: str) -> list[str]:
    for sign in "，,;；/":
        text = text.replace(sign, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def columns_of(flats: Iterable[Flat]) -> Iterable[list[object]]:
    """The roll under the same titles, so that it can come in again."""
    for flat in flats:
        owners = [title.owner for title in flat.titles.all()]
        names, marks = "、".join(one.name for one in owners), "、".join(one.mark for one in owners)
        areas = (flat.register_area, flat.survey_area, flat.contract_area)
        yield [flat.number, flat.floor, *areas, names, marks.strip("、"), "是" if flat.developer else ""]
