"""Lists that come in: every row goes through the same service as the form, so it is refused for the same reasons."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.sheets import cells
from gongjian.kernel.sheets.kinds import Row, SheetKind
from gongjian.registry.models import Organization, Place
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Listing, Need, Offer
from gongjian.work.cobuilding.selectors.listings import get_need
from gongjian.work.cobuilding.services.checks import check_quantity
from gongjian.work.cobuilding.services.listings import check_described
from gongjian.work.cobuilding.sheets import columns as at


class ListingSheet(SheetKind):
    sub = gettext_lazy("先下载模板，一行一条。上传后先看结果，确认了才发出去。")
    verb = ""

    def back(self) -> str:
        return reverse(f"cobuilding:{self.verb}s")

    def choices(self) -> Iterable[tuple[str, str]]:
        return at.choices()

    def prepare(self) -> None:
        self.places = cells.unambiguous(Place.objects.filter(level__in=["community", "compound", "street"]), at.names_of_place)
        with_names = Organization.objects.exclude(kind=Organization.Kind.TEAM).prefetch_related("aliases")
        self.organizations = cells.unambiguous(with_names, at.names_of_organization)

    def read(self, row: Row) -> None:
        facts, where = self._facts(row), self._where(row)
        require(self.actor, self.permission, where.get("organization") or where.get("place"))
        check_described(self.blank(), **facts)
        codes = {name: getattr(thing, "pk", thing) for name, thing in where.items()}
        row.values = {**{name: _plain(value) for name, value in facts.items()}, **codes}

    def mark_repeated(self, rows: Sequence[Row]) -> None:
        """The same line twice in one file is one too many; the same need in another month is another need."""
        seen: set[tuple[Any, ...]] = getattr(self, "seen", set())
        for row in rows:
            line = tuple(sorted(row.cells.items()))
            if line in seen and not row.why:
                row.repeated, row.why = True, _("和上面一行完全一样。")
            seen.add(line)
        self.seen = seen

    def write(self, rows: Sequence[Row]) -> int:
        for row in rows:
            self.post(**self._facts(row), **self._where(row))
        return len(rows)

    def blank(self) -> Listing:
        raise NotImplementedError

    def post(self, **facts: Any) -> None:
        raise NotImplementedError

    def _where(self, row: Row) -> dict[str, Any]:
        raise NotImplementedError

    def _facts(self, row: Row) -> dict[str, Any]:
        return {
            "kind": str(cells.one_of(row, at.KIND, at.KINDS) or ""),
            "title": cells.needed(row, at.TITLE, most=60),
            "quantity": _needed_number(row, at.QUANTITY),
            "unit": str(cells.one_of(row, at.UNIT, at.UNIT_NAMES) or ""),
            "from_day": cells.day(row, at.FROM) or clock.today(),
            "until_day": cells.day(row, at.UNTIL),
            "weekdays": at.several(row, at.DAYS, at.DAY_NAMES),
            "hours_from": _hour(row, at.BEGIN),
            "hours_to": _hour(row, at.END),
            "conditions": at.several(row, at.CONDITIONS, at.CONDITION_NAMES),
            "at_least": cells.number(row, at.LEAST),
            "details": cells.short(row, at.DETAILS, most=500),
        }

    def _organization(self, row: Row) -> Organization:
        found = cells.one_of(row, at.UNIT_NAME, self.organizations)
        if found is None:
            raise Invalid(_("“%(title)s”没有填。") % {"title": at.UNIT_NAME}, code="empty")
        return found


class NeedSheet(ListingSheet):
    title = gettext_lazy("导入需求清单")
    permission = "cobuilding.post_need"
    columns = at.NEEDS
    verb = "need"

    def blank(self) -> Listing:
        return Need()

    def post(self, **facts: Any) -> None:
        services.post_need(self.actor, **facts)

    def _where(self, row: Row) -> dict[str, Any]:
        place, farthest = cells.one_of(row, at.PLACE, self.places), cells.number(row, at.FARTHEST)
        if place is None:
            raise Invalid(_("“%(title)s”没有填。") % {"title": at.PLACE}, code="empty")
        if farthest is not None and not (1 <= farthest <= 100_000 and farthest == int(farthest)):
            raise Invalid(_("“最远多少米”写 1 到 100000 的整数。"), code="farthest")
        return {"place": place, "farthest_meters": None if farthest is None else int(farthest)}


class OfferSheet(ListingSheet):
    title = gettext_lazy("导入资源清单")
    permission = "cobuilding.post_offer"
    columns = at.OFFERS
    verb = "offer"

    def blank(self) -> Listing:
        return Offer()

    def post(self, **facts: Any) -> None:
        services.post_offer(self.actor, **facts)

    def _where(self, row: Row) -> dict[str, Any]:
        return {"organization": self._organization(row), "place": cells.one_of(row, at.PLACE, self.places)}


class ClaimSheet(ListingSheet):
    title = gettext_lazy("导入项目清单")
    sub = gettext_lazy("几家单位一起认领时，一行一家。导入后和在页面上提出的一样，等社区同意。")
    permission = "cobuilding.give"
    columns = at.CLAIMS
    verb = "claim"

    def choices(self) -> Iterable[tuple[str, str]]:
        return ()

    def read(self, row: Row) -> None:
        facts = self._claim(row)
        need = facts["need"]
        require(self.actor, self.permission, facts["organization"])
        check_quantity(facts["quantity"], need.unit)
        if facts["quantity"] > need.left.value:
            raise Invalid(_("只剩 %(left)s，不能认领这么多。") % {"left": need.left}, code="beyond")
        row.values = {"need": need.pk, "organization": facts["organization"].pk, "quantity": str(facts["quantity"])}

    def write(self, rows: Sequence[Row]) -> int:
        for row in rows:
            services.claim_need(self.actor, **self._claim(row))
        return len(rows)

    def _claim(self, row: Row) -> dict[str, Any]:
        number = _needed_number(row, at.NEED)
        if number != int(number) or not 0 < number < 10**15:
            raise Invalid(_("没有这条需求。"), code="need")
        return {
            "need": get_need(int(number)),
            "organization": self._organization(row),
            "quantity": _needed_number(row, at.QUANTITY),
            "due_on": cells.day(row, at.DUE),
        }


def _needed_number(row: Row, title: str) -> Decimal:
    found = cells.number(row, title)
    if found is None:
        raise Invalid(_("“%(title)s”没有填。") % {"title": title}, code="empty")
    return found


def _hour(row: Row, title: str) -> time | None:
    value, text = row.raw.get(title), row.cells[title]
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(text.zfill(5)) if text else None
    except ValueError as error:
        raise Invalid(_("“%(title)s”请写成 09:00 这样的时间。") % {"title": title}, code="time") from error


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | date | time) else value
