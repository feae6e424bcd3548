"""Agreements in an account's calendar."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.calendars.events import Event
from gongjian.kernel.permissions import may
from gongjian.registry.models import Account
from gongjian.work.cobuilding.models import Agreement, AgreementMeeting
from gongjian.work.cobuilding.selectors.agreements import State, agreements

BEFORE = timedelta(days=366)
MOST = 500


def agreement_events(account: Account) -> Iterator[Event]:
    """The last day of each that is in force, and the meetings of the last year."""
    if not may(account, "cobuilding.view_agreement"):
        return
    meetings = AgreementMeeting.objects.filter(held_on__gt=clock.today() - BEFORE)
    found = agreements(account, state=State.IN_FORCE).prefetch_related(Prefetch("meetings", meetings, to_attr="lately"))
    for agreement in found[:MOST]:
        yield _last_day(agreement)
        for meeting in agreement.lately:
            yield _meeting(agreement, meeting)


def _last_day(agreement: Agreement) -> Event:
    title = _("%(title)s最后一天") % {"title": agreement.title}
    return Event(f"agreement-{agreement.pk}", title, agreement.ends_on, detail=_parties(agreement), url=_url(agreement))


def _meeting(agreement: Agreement, meeting: AgreementMeeting) -> Event:
    title = _("联席会：%(subject)s") % {"subject": meeting.subject}
    return Event(f"agreement-meeting-{meeting.pk}", title, meeting.held_on, detail=_parties(agreement), url=_url(agreement))


def _parties(agreement: Agreement) -> str:
    return f"{agreement.organization.called} · {agreement.place}"


def _url(agreement: Agreement) -> str:
    return reverse("cobuilding:agreement", args=[agreement.pk])
