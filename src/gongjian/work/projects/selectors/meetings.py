"""Questions about meetings, as far as the asking account may know of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.calendars.events import Event, Feed
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.registry.models import Account
from gongjian.work.projects.models import Attendee, Meeting, Opinion, ProjectFile, Resolution
from gongjian.work.projects.models.tasks import end_of
from gongjian.work.projects.selectors.projects import get_project, projects
from gongjian.work.projects.selectors.tasks import tasks

KEPT = timedelta(days=90)
LASTS = timedelta(hours=2)
MOST = 500


def meetings(account: Account, *, state: str = "", kind: str = "") -> QuerySet[Meeting]:
    """Newest first: of projects that the account sees, and those to which it was asked itself."""
    asked = Attendee.objects.filter(Q(account=account) | Q(organization__in=account.organization_ids())).values("meeting")
    found = Meeting.objects.filter(Q(project__in=projects(account).order_by()) | Q(pk__in=asked))
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("project__place", "host").order_by("-starts_at", "-pk")


def get_meeting(account: Account, pk: int) -> Meeting:
    """With everything said and resolved. Raises Missing also for one that `account` may not know of."""
    found = (
        meetings(account)
        .select_related("called_by")
        .prefetch_related(
            "project__participants",
            Prefetch("attendees", Attendee.objects.select_related("account", "organization")),
            Prefetch("opinions", Opinion.objects.select_related("attendee__account", "attendee__organization")),
            Prefetch("resolutions", Resolution.objects.select_related("task__responsible")),
            Prefetch("files", ProjectFile.objects.select_related("evidence")),
        )
    )
    meeting = found.filter(pk=pk).first()
    if meeting is None:
        raise Missing(_("没有这场会，或者它不归您看。"))
    return meeting


def get_resolution(account: Account, pk: int) -> Resolution:
    """Raises Missing."""
    found = Resolution.objects.filter(meeting__project__in=projects(account).order_by(), pk=pk)
    resolution = found.select_related("meeting__project__place").prefetch_related("meeting__project__participants").first()
    if resolution is None:
        raise Missing(_("没有这条决议。"))
    return resolution


def without_minutes(account: Account) -> QuerySet[Meeting]:
    """Called by the account, past, and neither held nor canceled."""
    found = Meeting.objects.filter(called_by=account, state=Meeting.State.CALLED, starts_at__lt=clock.now())
    return found.select_related("project").order_by("starts_at")


def write_up_by(meeting: Meeting) -> datetime:
    return end_of(timezone.localtime(meeting.starts_at).date() + timedelta(days=2))


def meeting_events(account: Account) -> Iterator[Event]:
    """Those to which the account or one of its organizations is asked."""
    if not may(account, "projects.view"):
        return
    asked = Attendee.objects.filter(Q(account=account) | Q(organization__in=account.organization_ids())).values("meeting")
    found = Meeting.objects.filter(Q(pk__in=asked) | Q(called_by=account), starts_at__gt=clock.now() - KEPT)
    for meeting in found.select_related("project").order_by("starts_at")[:MOST]:
        yield _event(meeting)


def project_calendar(account: Account, about: str) -> Feed:
    """Meetings, milestones and open tasks of one project. Raises Missing."""
    project = get_project(account, int(about) if about.isdecimal() and len(about) < 16 else 0)
    return Feed(project.title, list(_project_events(account, project.pk)))


def _project_events(account: Account, pk: int) -> Iterator[Event]:
    project = get_project(account, pk)
    url = reverse("projects:project", args=[pk])
    for meeting in meetings(account).filter(project=project)[:MOST]:
        yield _event(meeting)
    for milestone in project.milestones.all():
        yield Event(f"milestone-{milestone.pk}", milestone.title, milestone.due_on, detail=project.title, url=url)
    for task in tasks(account, project=project, state="open")[:MOST]:
        address = reverse("projects:task", args=[task.pk])
        yield Event(f"task-{task.pk}", task.title, task.due_on, detail=task.responsible.name, url=address)


def _event(meeting: Meeting) -> Event:
    return Event(
        f"meeting-{meeting.pk}",
        f"{meeting.get_kind_display()}：{meeting.title}",
        meeting.starts_at,
        meeting.starts_at + LASTS,
        place=meeting.venue,
        detail=meeting.project.title,
        url=reverse("projects:meeting", args=[meeting.pk]),
        canceled=meeting.state == Meeting.State.CANCELED,
    )
