"""Correcting the working calendar, where the State Council's notice is newer than the release, or beyond its last year."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Invalid, Missing
from gongjian.kernel.models import CalendarDay
from gongjian.kernel.permissions import require
from gongjian.kernel.workdays import calendar_changed
from gongjian.registry.models import Account


@transaction.atomic
def correct_day(actor: Account, *, day: date, working: bool, reason: str) -> CalendarDay:
    """A second correction of a day replaces the first. It holds for the whole installation."""
    require(actor, "registry.edit_calendar")
    if len(reason.strip()) < 2:
        raise Invalid(_("请写依据，例如放假通知的文号。"), code="reason-missing", field="reason")
    values = {"working": working, "reason": reason.strip()[:200]}
    corrected, _new = CalendarDay.objects.update_or_create(day=day, defaults=values)
    audit.record(actor, "registry.correct_day", corrected, working=working)
    calendar_changed.send(CalendarDay)
    return corrected


@transaction.atomic
def drop_correction(actor: Account, *, day: date) -> None:
    """The published calendar holds again."""
    require(actor, "registry.edit_calendar")
    found = CalendarDay.objects.filter(day=day).first()
    if found is None:
        raise Missing(_("这一天没有调整过。"))
    audit.record(actor, "registry.drop_correction", found)
    found.delete()
    calendar_changed.send(CalendarDay)
