"""A unit's people sign up for a call: one row a person, the same checks as on the sign-up page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.sheets import cells
from gongjian.kernel.sheets.kinds import Column, Row, SheetKind
from gongjian.registry.models import Organization
from gongjian.registry.services.people import check_phone, mark
from gongjian.work.volunteering.models import Call, Enrollment, Shift, Volunteer
from gongjian.work.volunteering.selectors.public import call_by_token
from gongjian.work.volunteering.selectors.reach import senders
from gongjian.work.volunteering.services import checks
from gongjian.work.volunteering.services.liaising import send_person
from gongjian.work.volunteering.services.places import check_may_take
from gongjian.work.volunteering.services.registering import Guardian, Introduction, check_guardian

NAME, PHONE, NUMBER, UNIT, WILLING = "姓名", "手机号", "志愿者编号", "单位", "本人愿意"
BORN, GUARDIAN, GUARDIAN_PHONE, CONSENT = "出生日期", "监护人姓名", "监护人电话", "监护人同意"
BEGINS, POST = "班次开始", "岗位"
Facts = dict[str, Any]


class PeopleSheet(SheetKind):
    """`about` is the token of the call's page."""

    title = gettext_lazy("替单位的人报名")
    sub = gettext_lazy("一行一个人，本人愿意才写。上传后先看结果，确认了才报上。")
    permission = "volunteering.send_people"
    columns = (
        Column(NAME, "本人的姓名。", "王样例", 12),
        Column(PHONE, "本人的手机号，用来认人、通知；写了志愿者编号的可以空着。", "13800000001", 16, digits=True),
        Column(WILLING, "问过本人，愿意的写“是”。报名自愿，不能摊派。", "是", 10),
        Column(NUMBER, "以前服务过的写编号，空着就按姓名和手机号认。", "", 14, optional=True),
        Column(UNIT, "代表哪个单位，写全称、简称或别名；只有一个单位的空着。", "", 20, optional=True),
        Column(BEGINS, "自己选班次的招募令才写；空着就是报名以后再选。", "2026-03-07 08:00", 18, optional=True),
        Column(POST, "同一时间有几个岗位的，写哪一个。", "东门", 10, optional=True),
        Column(BORN, "只有未满 18 周岁的才写。", "", 14, optional=True),
        Column(GUARDIAN, "未满 18 周岁必填。", "", 12, optional=True),
        Column(GUARDIAN_PHONE, "未满 18 周岁必填。", "", 16, optional=True, digits=True),
        Column(CONSENT, "监护人知道并且同意的写“是”。", "", 12, optional=True),
    )

    def check(self) -> None:
        super().check()
        self.call: Call = call_by_token(self.about)

    def back(self) -> str:
        return reverse("volunteering:sent", args=[self.about])

    def choices(self) -> Iterable[tuple[str, str]]:
        yield from ((UNIT, unit.name) for unit in senders(self.actor)[:200])
        for shift in self._shifts_ahead()[:200]:
            yield BEGINS, f"{timezone.localtime(shift.begins):%Y-%m-%d %H:%M}"
            if shift.post:
                yield POST, shift.post.name

    def prepare(self) -> None:
        units = list(senders(self.actor).prefetch_related("aliases"))
        self.units = cells.unambiguous(units, _names)
        self.only = self.call.organization or (units[0] if len(units) == 1 else None)
        self.shifts: Mapping[tuple[datetime, str], Shift] = {
            (shift.begins, post): shift
            for shift in self._shifts_ahead()
            for post in {shift.post.name if shift.post else "", *([""] if self._only_post(shift) else [])}
        }

    def read(self, row: Row) -> None:
        facts = self._facts(row)
        require(self.actor, self.permission, facts["unit"])
        checks.check_call_open(self.call)
        checks.check_activity_open(self.call.activity)
        known = facts["who"] if isinstance(facts["who"], Volunteer) else _known(facts["who"])
        _check_who(known, facts["who"], self.call)
        if facts["shift"] is not None and known is not None:
            check_may_take(known, facts["shift"])
        if facts["shift"] is not None and facts["shift"].free <= 0:
            row.remark = _("这一班已经满员，排在候补里。")
        row.values = {"unit": facts["unit"].pk, "shift": facts["shift"].pk if facts["shift"] else None}

    def mark_repeated(self, rows: Sequence[Row]) -> None:
        """Who answered the call already, or stands in two rows."""
        seen = self._answered() | getattr(self, "seen", set())
        for row in rows:
            keys = _keys(row)
            if keys & seen and not row.why:
                row.repeated, row.why = True, _("这个人已经报上名，或者上面已经有一行。")
            seen |= keys
        self.seen = seen

    def write(self, rows: Sequence[Row]) -> int:
        for row in rows:
            send_person(self.actor, call=self.call, **self._facts(row))
        return len(rows)

    def _facts(self, row: Row) -> Facts:
        """Raises Invalid with the column that is wrong; Conflict for a number that is somebody else's."""
        if not cells.yes_or_no(row, WILLING):
            raise Invalid(_("“%(title)s”要写“是”：报名自愿，没有问过本人的先去问。") % {"title": WILLING}, code="willing")
        unit = cells.one_of(row, UNIT, self.units) or self.only
        if unit is None:
            raise Invalid(_("“%(title)s”没有填。") % {"title": UNIT}, code="empty")
        return {"unit": unit, "who": self._who(row, unit), "shift": self._shift(row)}

    def _who(self, row: Row, unit: Organization) -> Volunteer | Introduction:
        name, number = cells.needed(row, NAME, most=40), row.cells[NUMBER].upper()
        if number:
            return _numbered(name, number)
        phone = check_phone(cells.needed(row, PHONE, most=20))
        return Introduction(name=name, phone=phone, organization=unit, guardian=_guardian(row))

    def _shift(self, row: Row) -> Shift | None:
        begins = cells.moment(row, BEGINS)
        if begins is None:
            return None
        found = self.shifts.get((begins, row.cells[POST]))
        if found is None:
            said = {"when": row.cells[BEGINS], "post": row.cells[POST]}
            raise Invalid(_("没有“%(when)s %(post)s”这一班；写法请看模板的“可以这样写”一页。") % said, code="shift")
        return found

    def _shifts_ahead(self) -> list[Shift]:
        if self.call.mode != Call.Mode.CHOOSE:
            return []
        rows = self.call.activity.shifts.filter(cancelled_at=None, ends__gt=clock.now())
        return list(rows.select_related("activity", "post").order_by("begins", "post"))

    def _only_post(self, shift: Shift) -> bool:
        return sum(other.begins == shift.begins for other in self._shifts_ahead()) == 1

    def _answered(self) -> set[str]:
        rows = Enrollment.objects.filter(call=self.call, state__in=Enrollment.LIVE)
        people = rows.values_list("volunteer__number", "volunteer__person__name", "volunteer__person__phone_mark")
        return {key for number, name, phone in people for key in (number, f"{name} {phone}")}


def _names(unit: Organization) -> list[str]:
    return [unit.name, unit.short_name, *(alias.name for alias in unit.aliases.all())]


def _keys(row: Row) -> set[str]:
    digits = "".join(character for character in row.cells[PHONE] if character.isdigit())
    return {key for key in (row.cells[NUMBER].upper(), digits and f"{row.cells[NAME]} {mark(digits)}") if key}


def _numbered(name: str, number: str) -> Volunteer:
    found = Volunteer.objects.select_related("person__organization").filter(number=number).first()
    if found is None:
        said = {"number": number[:20], "name": name}
        raise Invalid(_("没有编号 %(number)s 的志愿者（%(name)s）：请核对，或者空着编号、写手机号。") % said, code="unknown")
    if found.person.name != name:
        raise Conflict(_("编号 %(number)s 不是%(name)s的。") % {"number": number, "name": name}, code="somebody-else")
    return found


def _known(who: Introduction) -> Volunteer | None:
    rows = Volunteer.objects.select_related("person__organization").order_by("pk")
    return rows.filter(person__name=who.name, person__phone_mark=mark(who.phone), person__erased_at=None).first()


def _check_who(known: Volunteer | None, who: Volunteer | Introduction, call: Call) -> None:
    """Somebody new is checked as they would be once registered."""
    guardian = who.guardian if isinstance(who, Introduction) else None
    check_guardian(guardian)
    checks.check_volunteer_fits(known or Volunteer(born=guardian.born if guardian else None), call.activity)


def _guardian(row: Row) -> Guardian | None:
    """Of minors alone; a day of birth that is an adult's is not kept."""
    born = cells.day(row, BORN)
    if born is None or _is_adult(born):
        return None
    consented = cells.yes_or_no(row, CONSENT)
    return Guardian(born, cells.short(row, GUARDIAN, most=40), cells.short(row, GUARDIAN_PHONE, most=20), consented)


def _is_adult(born: date) -> bool:
    return not Volunteer(born=born).is_minor(clock.today())
