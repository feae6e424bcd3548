"""Questions about agreements, as far as the asking account may know of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.cobuilding.models import Agreement, AgreementFile, AgreementRoom
from gongjian.work.cobuilding.selectors.claims import own

EXPIRING = timedelta(days=90)
State = Agreement.State


def agreements(account: Account, *, state: str = "", words: str = "") -> QuerySet[Agreement]:
    """`state`: one of an agreement's, `expiring`, or empty for all. What ends first stands first."""
    found = Agreement.objects.filter(own(account)).select_related("organization", "place")
    if state == "expiring":
        found = found.filter(state=State.IN_FORCE, ends_on__lte=clock.today() + EXPIRING)
    elif state in State.values:
        found = found.filter(state=state)
    if words := words.strip():
        found = found.filter(title__icontains=words) | found.filter(organization__name__icontains=words)
    return found.order_by("ends_on", "pk")


def get_agreement(account: Account, pk: int) -> Agreement:
    """With persons, rooms, meetings, files. Raises Missing also for one that `account` may not know of."""
    rooms = Prefetch("rooms", AgreementRoom.objects.select_related("place").order_by("pk"))
    files = Prefetch("files", AgreementFile.objects.select_related("evidence").order_by("pk"))
    found = agreements(account).select_related("renews", "renewed_by", "drafted_by")
    agreement = found.prefetch_related(rooms, files, "persons", "meetings").filter(pk=pk).first()
    if agreement is None:
        raise Missing(_("没有这份协议，或者它不归您看。"))
    return agreement


def get_room(account: Account, pk: int) -> AgreementRoom:
    """Raises Missing."""
    found = AgreementRoom.objects.filter(pk=pk, agreement__in=agreements(account).order_by()).first()
    if found is None:
        raise Missing(_("没有这一处用房。"))
    return found


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        following = date(self.year + self.number // 4, 3 * (self.number % 4) + 1, 1)
        return following - timedelta(days=1)

    @property
    def name(self) -> str:
        return f"{self.year}-Q{self.number}"

    def __str__(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_named(name: str) -> Quarter:
    """`2020-Q3`; anything else is the quarter of today."""
    year, _sign, number = name.partition("-Q")
    if year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4") and int(year) >= 1949:
        return Quarter(int(year), int(number))
    return quarter_of(clock.today())


def latest_quarters(count: int = 6, *, since: date | None = None) -> list[Quarter]:
    """Newest first, none before the one of `since`."""
    found: list[Quarter] = []
    day = clock.today()
    while len(found) < count and (since is None or quarter_of(day).last >= since):
        found.append(quarter_of(day))
        day = quarter_of(day).first - timedelta(days=1)
    return found
