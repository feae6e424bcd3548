"""What an account must do today about volunteering, hits of the search box, and what is held about a person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem, Found
from gongjian.registry.models import Person
from gongjian.work.volunteering.models import Activity, Assignment, Enrollment, Shift, Volunteer
from gongjian.work.volunteering.selectors import hours, reach
from gongjian.work.volunteering.services.checks import spoken

MOST = 20


def desk_items(account: Any) -> list[DeskItem]:
    return [*_of_organizer(account), *_of_volunteer(account)] if account.is_authenticated else []


def _of_organizer(account: Any) -> Iterator[DeskItem]:
    if not may(account, "volunteering.organize"):
        return
    mine = reach.activities(account).filter(state=Activity.State.OPEN)
    waiting = hours.waiting(account).order_by().values("shift__activity__title").distinct()[:MOST]
    for row in waiting:
        yield _item(_("志愿时长"), row["shift__activity__title"], _("确认"), reverse("volunteering:waiting"))
    asked = Enrollment.objects.filter(call__activity__in=mine, state=Enrollment.State.ASKED).values("call", "call__title")
    for call in asked.distinct()[:MOST]:
        yield _item(_("志愿报名"), call["call__title"], _("审核"), reverse("volunteering:answers", args=[call["call"]]))


def _of_volunteer(account: Any) -> Iterator[DeskItem]:
    if not account.person_id:
        return
    ahead = Assignment.objects.filter(volunteer__person=account.person_id, state=Assignment.State.BOOKED)
    for one in ahead.filter(ends__gt=clock.now()).select_related("shift__activity", "shift__post").order_by("begins")[:5]:
        detail = " · ".join(filter(None, [spoken(one), str(one.shift.post or "")]))  # no deadline: the calendar has the shift
        yield DeskItem(_("志愿服务"), str(one.shift.activity), detail, reverse("volunteering:mine"), _("到岗"))


def _item(room: str, title: str, action: str, url: str) -> DeskItem:
    return DeskItem(room=room, title=title, detail="", url=url, action=action)


def search(account: Any, words: str) -> list[Found]:
    if not may(account, "volunteering.look"):
        return []
    activities = reach.activities(account).filter(title__contains=words).order_by("-pk")[:5]
    found = [
        Found(_("志愿活动"), one.title, one.get_state_display(), reverse("volunteering:activity", args=[one.pk]))
        for one in activities
    ]
    if may(account, "volunteering.view_volunteers"):
        people = reach.volunteers(account, words).order_by("number")[:3]
        found += [Found(_("志愿者"), str(v.person), v.number, reverse("volunteering:volunteer", args=[v.pk])) for v in people]
    return found


def personal_data(person: Person) -> dict[str, Any]:
    volunteer = Volunteer.objects.filter(person=person).prefetch_related("skills").first()
    if volunteer is None:
        return {}
    served = volunteer.attendances.select_related("shift__activity").order_by("began")
    return {
        "number": volunteer.number,
        "registered_at": volunteer.registered_at.isoformat(),
        "skills": [skill.name for skill in volunteer.skills.all()],
        "languages": volunteer.languages,
        "born": volunteer.born.isoformat() if volunteer.born else None,
        "guardian": volunteer.guardian_name,
        "guardian_phone": volunteer.guardian_phone or "",
        "places": [_place(one) for one in volunteer.assignments.select_related("shift__activity").order_by("begins")],
        "served": [
            {
                "activity": str(row.shift.activity),
                "began": row.began.isoformat(),
                "ended": row.ended.isoformat() if row.ended else None,
                "hours": str(row.hours),
                "state": row.state,
                "stamps": [_stamp(stamp) for stamp in row.stamps.all()],
            }
            for row in served.prefetch_related("stamps")
        ],
    }


def _place(one: Assignment) -> dict[str, Any]:
    shift: Shift = one.shift
    return {"activity": str(shift.activity), "begins": one.begins.isoformat(), "state": one.state}


def _stamp(stamp: Any) -> dict[str, Any]:
    where = [str(stamp.latitude), str(stamp.longitude)] if stamp.latitude is not None else None
    return {"direction": stamp.direction, "means": stamp.means, "at": stamp.happened_at.isoformat(), "position": where}
