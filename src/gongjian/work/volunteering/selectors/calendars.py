"""Shifts in calendars: one's own, those of a link, those of a team with the teams inside it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.calendars.events import Event, Feed
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Assignment, Enrollment, Shift, Team

BEHIND, MOST = timedelta(days=31), 1000


def own_events(account: Account) -> Iterator[Event]:
    """What the account's person is booked for."""
    if account.person_id:
        yield from _places(Assignment.objects.filter(volunteer__person=account.person_id), reverse("volunteering:mine"))


def feed_by_link(enrollment: Enrollment) -> Feed:
    """The volunteer's shifts in the activity whose call they answered."""
    places = Assignment.objects.filter(volunteer=enrollment.volunteer, shift__activity=enrollment.call.activity)
    return Feed(enrollment.call.title, list(_places(places, reverse("volunteering:my", args=[enrollment.token]))))


def team_feed(account: Account, about: str) -> Feed:
    """The shifts of what a team carries out, with how many are booked. Raises Missing, and NotAllowed for who is no staff."""
    require(account, "volunteering.look")
    team = Team.objects.filter(pk=int(about)).first() if about.isdecimal() else None
    if team is None:
        raise Missing(_("没有这支队伍。"))
    inside = Q(activity__team=team.pk) | Q(activity__team__parent=team.pk) | Q(activity__team__parent__parent=team.pk)
    return Feed(str(team), [_covered(shift) for shift in _recent(Shift.objects.filter(inside), "activity__place", "post")])


def _recent(rows: QuerySet[Any], *related: str) -> QuerySet[Any]:
    return rows.filter(begins__gt=clock.now() - BEHIND).select_related(*related).order_by("begins")[:MOST]


def _places(rows: QuerySet[Assignment], url: str) -> Iterator[Event]:
    for place in _recent(rows.filter(state=Assignment.State.BOOKED), "shift__activity__place", "shift__post"):
        title = " · ".join(filter(None, [place.shift.activity.title, str(place.shift.post or "")]))
        yield Event(f"volunteering-place-{place.pk}", title, place.begins, place.ends, str(place.shift.activity.place), url=url)


def _covered(shift: Shift) -> Event:
    said = _("%(title)s（排上 %(booked)d/%(most)d 人）") % {
        "title": " · ".join(filter(None, [shift.activity.title, str(shift.post or "")])),
        "booked": shift.booked,
        "most": shift.most,
    }
    return Event(
        f"volunteering-shift-{shift.pk}",
        said,
        shift.begins,
        shift.ends,
        str(shift.activity.place),
        url=reverse("volunteering:shift", args=[shift.pk]),
        canceled=shift.cancelled_at is not None,
    )
