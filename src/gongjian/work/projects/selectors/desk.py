"""What waits for somebody, and what search finds."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem, Found
from gongjian.registry.models import Account
from gongjian.work.projects.models import Meeting, Task
from gongjian.work.projects.models.tasks import end_of
from gongjian.work.projects.selectors.meetings import without_minutes, write_up_by
from gongjian.work.projects.selectors.projects import projects
from gongjian.work.projects.selectors.tasks import tasks

MOST = 30


def desk_items(account: Account) -> list[DeskItem]:
    """The account's own tasks that are not done, and meetings that it called and that nobody wrote up."""
    if not may(account, "projects.view"):
        return []
    own = [_item(task) for task in tasks(account, state="open", responsible=account)[:MOST]]
    return own + [_to_write_up(meeting) for meeting in without_minutes(account)[:MOST]]


def _to_write_up(meeting: Meeting) -> DeskItem:
    return DeskItem(
        room=_("会议"),
        title=meeting.title,
        detail=str(meeting.project),
        url=reverse("projects:meeting", args=[meeting.pk]),
        action=_("记到会和纪要"),
        due=write_up_by(meeting),
    )


def _item(task: Task) -> DeskItem:
    return DeskItem(
        room=_("任务"),
        title=task.title,
        detail=f"{task.project} · {task.project.place}",
        url=reverse("projects:task", args=[task.pk]),
        action=_("去办") if task.state == Task.State.TODO else _("办完"),
        due=end_of(task.due_on),
    )


def search(account: Account, words: str) -> list[Found]:
    if len(words.strip()) < 2 or not may(account, "projects.view"):
        return []
    found = [
        Found(_("项目"), one.title, f"{one.place} · {one.get_state_display()}", reverse("projects:project", args=[one.pk]))
        for one in projects(account, words=words)[:4]
    ]
    return found + [
        Found(_("任务"), one.title, f"{one.project} · {one.responsible}", reverse("projects:task", args=[one.pk]))
        for one in tasks(account, state="open", words=words)[:4]
    ]
