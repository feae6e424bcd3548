"""What waits for somebody, and what search finds."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import Found
from gongjian.registry.models import Account
from gongjian.work.projects.selectors.projects import projects


def search(account: Account, words: str) -> list[Found]:
    if len(words.strip()) < 2 or not may(account, "projects.view"):
        return []
    return [
        Found(_("项目"), one.title, f"{one.place} · {one.get_state_display()}", reverse("projects:project", args=[one.pk]))
        for one in projects(account, words=words)[:8]
    ]
