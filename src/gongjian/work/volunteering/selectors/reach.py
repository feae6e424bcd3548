"""Which activities, shifts and hours an account reaches."""

from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Organization, Role
from gongjian.work.volunteering.models import Activity, Attendance, Call, Enrollment, Shift, Volunteer

WHOLE_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)


def activities(account: Account) -> QuerySet[Activity]:
    """The office's all; a community's those in it; a unit's those that it organizes."""
    found = Activity.objects.select_related("place", "organization", "team")
    if account.holds(*WHOLE_OFFICE):
        return found
    mine = Q(organization__in=account.organization_ids())
    for path in account.community_paths():
        mine |= Q(place__path=path) | Q(place__path__startswith=path + "/")
    return found.filter(mine)


def get_activity(account: Account, pk: int) -> Activity:
    return cast(Activity, _found(activities(account), pk, _("没有这个活动。")))


def get_shift(account: Account, pk: int) -> Shift:
    rows = Shift.objects.filter(activity__in=activities(account)).select_related(
        "activity__place", "activity__organization", "post"
    )
    return cast(Shift, _found(rows, pk, _("没有这一班。")))


def get_call(account: Account, pk: int) -> Call:
    rows = Call.objects.filter(activity__in=activities(account)).select_related("activity__place", "activity__organization")
    return cast(Call, _found(rows, pk, _("没有这份招募令。")))


def get_attendance(account: Account, pk: int) -> Attendance:
    rows = Attendance.objects.filter(shift__activity__in=activities(account))
    return cast(Attendance, _found(rows.select_related("shift__activity", "volunteer__person"), pk, _("没有这条到岗记录。")))


def volunteers(account: Account, words: str = "") -> QuerySet[Volunteer]:
    """The office's all; a community's and a unit's those who live or work there, or served with them."""
    found = Volunteer.objects.select_related("person__organization", "person__community")
    if not account.holds(*WHOLE_OFFICE):
        places = [a.community_id for a in account.active_assignments if a.community_id]
        theirs = Q(person__community__in=places) | Q(person__organization__in=account.organization_ids())
        answered = Q(enrollments__call__activity__in=activities(account))
        found = found.filter(pk__in=Volunteer.objects.filter(theirs | answered).values("pk"))
    if words := words.strip():
        found = found.filter(Q(person__name__contains=words) | Q(number=words.upper()))
    return found


def get_volunteer(account: Account, pk: int) -> Volunteer:
    return cast(Volunteer, _found(volunteers(account), pk, _("没有这位志愿者。")))


def senders(account: Account) -> QuerySet[Organization]:
    """The units whose people the account may sign up: every unit for the office, else those that it speaks for."""
    found = Organization.objects.exclude(kind=Organization.Kind.TEAM).order_by("name")
    if account.holds(Role.OFFICE_CLERK):
        return found
    communities = [one.community_id for one in account.active_assignments if one.community_id]
    return found.filter(Q(pk__in=account.organization_ids()) | Q(community__in=communities))


def sent(account: Account, call: Call) -> QuerySet[Enrollment]:
    """Who comes for these units."""
    found = call.enrollments.filter(organization__in=senders(account).values("pk"))
    return found.select_related("volunteer__person", "organization", "by").order_by("at", "pk")


def _found(rows: QuerySet[Any], pk: int, sentence: str) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing(sentence)
    return found
