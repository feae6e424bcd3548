"""How a room makes itself known. The shell, My desk, search and the API ask the rooms; none of them lists a room by name."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.urls import reverse

if TYPE_CHECKING:
    from gongjian.kernel.calendars.events import Event
    from gongjian.kernel.referrals import Referral, Referred


@dataclass(frozen=True)
class MenuEntry:
    """A line in the staff menu (`section` one of doing, recorded, registers, settings) or in the public head (public).

    `args` are those of the URL, if its name needs some.
    """

    label: Any
    url_name: str
    icon: str
    section: str
    permission: str | None = None
    order: int = 50
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Raises NoReverseMatch where the room has no such page."""
        return reverse(self.url_name, args=self.args)


@dataclass(frozen=True)
class DeskItem:
    """One thing a person must do, as a line on My desk. `due` None means whenever."""

    room: str
    title: str
    detail: str
    url: str
    action: Any
    due: datetime | None = None


@dataclass(frozen=True)
class Found:
    """A search hit."""

    kind: Any
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class HomeLine:
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class HomeList:
    """What a room offers on the public home page: a few lines, and the way to all of them."""

    title: str
    lines: Sequence[HomeLine]
    url: str
    more: str


@dataclass(frozen=True)
class NoticeTemplate:
    """What a notice says: lazy gettext texts with placeholders like `%(place)s`, filled from the notice's context."""

    title: Any
    body: Any


class RoomConfig(AppConfig):
    """Base of every room's AppConfig; a room overrides what it has."""

    default = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Django takes the only class of `apps.py` that is not marked as no default; this base is imported there too."""
        super().__init_subclass__(**kwargs)
        cls.default = True

    menu: tuple[MenuEntry, ...] = ()
    mount: str = ""
    """URL prefix of the room's pages, e.g. `honors`; its `urls.py` is mounted by `config.urls`. Empty: no pages."""

    actions: Mapping[str, Any] = {}
    """What the room's audit entries are called, by `room.verb`."""

    notices: Mapping[str, NoticeTemplate] = {}
    """What the room tells people through `kernel.notifications.outbox.notify`, by `room.event`."""

    synthetic: Mapping[str, str] = {}
    """What `gongjian load` can make: the dotted name of a function of (count, how many of them in the first office or None,
    progress) that returns figures for its last line."""

    sheets: Mapping[str, str] = {}
    """Lists that come in as Excel files: the dotted name of each `kernel.sheets.kinds.SheetKind`, by `room.list`."""

    calendars: Mapping[str, str] = {}
    """Calendars of the room's things: the dotted name of a function of (account, key of the thing) that returns a
    `kernel.calendars.events.Feed` or raises Missing or NotAllowed, by `room.thing`."""

    def desk_items(self, account: Any) -> Iterable[DeskItem]:
        return ()

    def events(self, account: Any) -> "Iterable[Event]":
        """What stands in the account's own calendar; things to do with a deadline are there by themselves."""
        return ()

    def search(self, account: Any, words: str) -> Iterable[Found]:
        """At most 8 hits that `account` (possibly anonymous) may see."""
        return ()

    def home_list(self) -> HomeList | None:
        """For everybody, signed in or not; None while there is nothing to show."""
        return None

    def personal_data(self, person: Any) -> dict[str, Any]:
        """What the room holds about a person, for the copy that they may ask for; JSON."""
        return {}

    def take_referral(self, actor: Any, referral: "Referral") -> bool:
        """Whether the room took it in; see `kernel.referrals`. The permission was asked for by whoever refers."""
        return False

    def referred(self, account: Any, keys: Collection[str]) -> "Mapping[str, Referred]":
        """What became of those referrals that the room took in, by key."""
        return {}

    def forget(self, person: Any) -> None:
        """Take out of the room what the person left of themselves, when they ask for it. What the room must keep stays:
        the registers' own row of the person is emptied by the registry, afterwards."""

    def api_router(self) -> Any:
        """The room's `ninja.Router`, or None; mounted under `/api/v1/<mount>`."""
        return None


def rooms() -> Iterator[RoomConfig]:
    """All installed rooms, lowest storey first."""
    return (config for config in apps.get_app_configs() if isinstance(config, RoomConfig))


def menu_entries(section: str) -> list[MenuEntry]:
    found = [entry for room in rooms() for entry in room.menu if entry.section == section]
    return sorted(found, key=lambda entry: entry.order)


def home_lists() -> list[HomeList]:
    return [found for room in rooms() if (found := room.home_list()) is not None]


def action_name(action: str) -> str:
    """An audit entry's action in words; the bare code where its room gives none."""
    return next((str(room.actions[action]) for room in rooms() if action in room.actions), action)
