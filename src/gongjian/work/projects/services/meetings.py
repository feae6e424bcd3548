"""Meetings: called, held, and what came of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.deeds import record_meeting
from gongjian.work.projects.models import Attendee, Meeting, Opinion, Project, ProjectFile, Resolution, Task
from gongjian.work.projects.services.checks import check_open, check_title, check_words
from gongjian.work.projects.services.projects import locked, moving, refusing
from gongjian.work.projects.services.tasks import give_task

MOST_NAMES = 200


@transaction.atomic
def call_meeting(
    actor: Account,
    *,
    project: Project,
    kind: str,
    title: str,
    host: Organization,
    venue: str,
    starts_at: datetime,
    accounts: Iterable[Account] = (),
    organizations: Iterable[Organization] = (),
    names: Sequence[str] = (),
) -> Meeting:
    """Those who have an account and organizations are invited by a notice; `names`: residents, asked at their door."""
    require(actor, "projects.run", project)
    project = locked(project)
    check_open(project)
    if kind not in Meeting.Kind.values:
        raise Invalid(_("请选是什么会。"), code="kind", field="kind")
    meeting = Meeting(office=actor.office, project=project, kind=kind, host=host, starts_at=starts_at)
    meeting.title = check_title(title, most=120)
    meeting.venue = check_words(venue, field="venue", sentence=_("请写在哪里开。"), most=80)
    meeting.called_by, meeting.called_at = actor, clock.now()
    with refusing(_("这个时间已经有一场同样的会。"), field="starts_at"):
        meeting.save()
    asked = [*dict.fromkeys(accounts), *dict.fromkeys(organizations)]
    _ask(meeting, asked, names)
    _tell(meeting, asked, "projects.meeting_called", but=actor)
    audit.record(actor, "projects.call_meeting", meeting)
    return meeting


@transaction.atomic
def cancel_meeting(actor: Account, *, meeting: Meeting, because: str) -> Meeting:
    because = check_words(because, field="because", sentence=_("请写明为什么不开了。"))
    meeting = _held(actor, meeting)
    with moving():
        meeting.cancel()
    meeting.canceled_because = because
    meeting.save()
    asked = [one.account or one.organization for one in meeting.attendees.select_related("account", "organization")]
    _tell(meeting, [one for one in asked if one is not None], "projects.meeting_canceled", but=actor)
    audit.record(actor, "projects.cancel_meeting", meeting)
    return meeting


@transaction.atomic
def hold_meeting(actor: Account, *, meeting: Meeting, photos: Sequence[Any] = (), **facts: Any) -> Meeting:
    """`facts` as in `hold_meeting_with`."""
    require(actor, "projects.run", meeting.project)
    return hold_meeting_with(actor, meeting=meeting, evidence=take_in_files(actor, files=photos), **facts)


@transaction.atomic
def hold_meeting_with(
    actor: Account,
    *,
    meeting: Meeting,
    came: Iterable[Attendee] = (),
    names: Sequence[str] = (),
    minutes: str = "",
    statement: str = "",
    evidence: Sequence[Evidence] = (),
) -> Meeting:
    """It took place: who came, of those asked and besides (`names`); a deed for the host. Raises Invalid before its time."""
    meeting = _held(actor, meeting)
    if meeting.starts_at > clock.now():
        raise Invalid(_("会还没有开。"), code="in-future")
    with moving():
        meeting.hold()
    meeting.minutes = minutes.strip()[:5000]
    meeting.save()
    meeting.attendees.filter(pk__in=[one.pk for one in came]).update(came=True)
    _ask(meeting, [], names, came=True)
    if not meeting.attendees.filter(came=True).exists():
        raise Invalid(_("总得有人到会，请勾上。"), code="nobody-came", field="came")
    links = [ProjectFile(project=meeting.project, meeting=meeting, evidence=item) for item in evidence]
    ProjectFile.objects.bulk_create(links, ignore_conflicts=True)
    record_meeting(actor, meeting, statement, evidence)
    audit.record(actor, "projects.hold_meeting", meeting)
    return meeting


@transaction.atomic
def write_minutes(actor: Account, *, meeting: Meeting, minutes: str) -> Meeting:
    meeting = _after(actor, meeting)
    if len(minutes.strip()) < 2:
        raise Invalid(_("纪要是空的。"), code="minutes-missing", field="minutes")
    meeting.minutes = minutes.strip()[:5000]
    meeting.save()
    audit.record(actor, "projects.write_minutes", meeting)
    return meeting


@transaction.atomic
def note_opinion(
    actor: Account,
    *,
    meeting: Meeting,
    words: str,
    attendee: Attendee | None = None,
    floor: int | None = None,
    stance: str = Opinion.Stance.UNDECIDED,
) -> Opinion:
    """Of one who came, of a floor, or of one on a floor. Raises Invalid for nobody's."""
    meeting = _after(actor, meeting)
    if attendee is None and floor is None:
        raise Invalid(_("请写是谁说的，或者是几楼的意见。"), code="whose", field="attendee")
    if attendee is not None and attendee.meeting_id != meeting.pk:
        raise Invalid(_("这位不在这场会上。"), code="attendee", field="attendee")
    if floor is not None and not -9 <= floor <= 200:
        raise Invalid(_("没有这样的楼层。"), code="floor", field="floor")
    if stance not in Opinion.Stance.values:
        raise Invalid(_("请选态度。"), code="stance", field="stance")
    words = check_words(words, field="words", sentence=_("请写说了什么。"), most=500)
    opinion = Opinion(meeting=meeting, attendee=attendee, floor=floor, stance=stance, words=words)
    opinion.noted_by, opinion.noted_at = actor, clock.now()
    with refusing(_("这条意见已经记过了。"), field="words"):
        opinion.save()
    audit.record(actor, "projects.note_opinion", meeting)
    return opinion


@transaction.atomic
def resolve(actor: Account, *, meeting: Meeting, words: str) -> Resolution:
    meeting = _after(actor, meeting)
    words = check_words(words, field="words", sentence=_("请写定了什么。"), most=300)
    resolution = Resolution(meeting=meeting, words=words)
    with refusing(_("这条决议已经记过了。"), field="words"):
        resolution.save()
    audit.record(actor, "projects.resolve", meeting)
    return resolution


@transaction.atomic
def turn_into_task(actor: Account, *, resolution: Resolution, **facts: Any) -> Task:
    """`facts` are those of a task's Draft. Raises Conflict where it has become one already."""
    project = resolution.meeting.project
    require(actor, "projects.run", project)
    resolution = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    if resolution.task_id is not None:
        raise Conflict(_("这条决议已经变成任务了。"), code="turned")
    task = give_task(actor, project=project, **facts)
    resolution.task = task
    resolution.save(update_fields=["task"])
    audit.record(actor, "projects.turn_into_task", task)
    return task


def _held(actor: Account, meeting: Meeting) -> Meeting:
    require(actor, "projects.run", meeting.project)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("project__place", "host")
    return found.get(pk=meeting.pk)


def _after(actor: Account, meeting: Meeting) -> Meeting:
    """Raises Conflict unless it took place."""
    meeting = _held(actor, meeting)
    if meeting.state != Meeting.State.HELD:
        raise Conflict(_("会还没有开，先记下到会的人。"), code="not-held")
    return meeting


def _ask(meeting: Meeting, asked: Iterable[Any], names: Sequence[str], *, came: bool = False) -> None:
    if len(names) > MOST_NAMES:
        raise Invalid(_("一次最多写 %(most)s 位。") % {"most": MOST_NAMES}, code="too-many", field="names")
    if any(len(name.strip()) > 40 for name in names):
        raise Invalid(_("一行写一位，不超过 40 个字。"), code="name-long", field="names")
    known = [name for name in dict.fromkeys(map(str.strip, names)) if name]
    rows = [Attendee(meeting=meeting, came=came, **_as_one(one)) for one in asked]
    rows += [Attendee(meeting=meeting, came=came, name=name) for name in known]
    Attendee.objects.bulk_create(rows, ignore_conflicts=True)
    if came:
        meeting.attendees.filter(name__in=known).update(came=True)


def _as_one(one: Any) -> dict[str, Any]:
    return {"account": one} if isinstance(one, Account) else {"organization": one}


def _tell(meeting: Meeting, recipients: Iterable[Any], kind: str, *, but: Account) -> None:
    context = {
        "title": meeting.title,
        "project": meeting.project.title,
        "kind": str(meeting.get_kind_display()),
        "when": f"{timezone.localtime(meeting.starts_at):%Y-%m-%d %H:%M}",
        "venue": meeting.venue,
        "because": meeting.canceled_because,
    }
    whom = [one for one in recipients if one != but]
    notify(whom, kind, context, url=reverse("projects:meeting", args=[meeting.pk]), key=f"{kind}-{meeting.pk}")
