"""What every page shows around its own content: the office, the menus, the reader's settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.notifications.selectors import unread_count
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import MenuEntry, menu_entries

ELDER_COOKIE = "elder"
STAFF_SECTIONS = (("doing", _("正在办")), ("recorded", _("记下来")), ("registers", _("底册")), ("settings", _("设置")))


@dataclass(frozen=True)
class Line:
    """A menu entry as this reader sees it."""

    label: Any
    url: str
    icon: str
    current: bool = False


@dataclass(frozen=True)
class Section:
    label: Any
    lines: list[Line]


class Shell:
    """Computed on first use only: fragments and files never ask."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def office(self) -> Any:
        return getattr(self._request, "office", None)

    @property
    def elder(self) -> bool:
        return self._request.COOKIES.get(ELDER_COOKIE) == "1"

    @property
    def here(self) -> str:
        """Where the language and elder switches return to."""
        return self._request.get_full_path()

    @cached_property
    def public_menu(self) -> list[Line]:
        return self._lines("public")

    @cached_property
    def staff_menu(self) -> list[Section]:
        sections = (Section(label, self._lines(section)) for section, label in STAFF_SECTIONS)
        return [section for section in sections if section.lines]

    @cached_property
    def unread_notices(self) -> int:
        """For the bell; only staff pages ask."""
        account = getattr(self._request, "user", None)
        return unread_count(account) if may(account, "notifications.read") else 0

    def _lines(self, section: str) -> list[Line]:
        account = getattr(self._request, "user", None)
        found = list(_reachable(account, section))
        here = _longest_prefix(self._request.path, [url for _entry, url in found])
        return [Line(entry.label, url, entry.icon, url == here) for entry, url in found]


def context(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}


def _reachable(account: Any, section: str) -> Iterator[tuple[MenuEntry, str]]:
    """The entries that lead somewhere for `account`. One room without its pages must not take all pages down."""
    for entry in menu_entries(section):
        if entry.permission and not may(account, entry.permission):
            continue
        try:
            yield entry, entry.url
        except NoReverseMatch:
            continue


def _longest_prefix(path: str, urls: list[str]) -> str:
    """The menu's nearest ancestor of the page at `path`; the root is an ancestor of itself alone."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")
