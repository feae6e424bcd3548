"""Which venues there are, and whose."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import Found, HomeLine, HomeList
from gongjian.registry.models import Account, Organization, Place, Role
from gongjian.registry.selectors import communities, organizations
from gongjian.work.sharing.models import Closure, Venue

RELATED = ("place__parent", "organization")
MOST_ON_HOME = 4


def venues() -> QuerySet[Venue]:
    """Bookable ones first; with hours and the closures that are not over."""
    ahead = Closure.objects.filter(days__endswith__gt=clock.today())
    rows = Venue.objects.select_related(*RELATED).prefetch_related("hours", Prefetch("closures", ahead))
    return rows.order_by("-bookable", "place__path", "name")


def get_venue(pk: int) -> Venue:
    """Raises Missing."""
    found = venues().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个场地。"))
    return found


def kept_by(account: Account) -> list[Venue]:
    return [venue for venue in venues() if may(account, "sharing.keep", venue)]


def givable_places(account: Account) -> QuerySet[Place]:
    """Where the account may share a venue: communities and what lies in them."""
    inside = ("community", "compound", "building", "street")
    found = Place.objects.filter(level__in=inside)
    paths = account.community_paths()
    if account.holds(Role.OFFICE_CLERK) or not paths:
        return found
    allowed = communities().filter(path__in=paths)
    return found.filter(pk__in=[p.pk for p in found if any(p.path.startswith(c.path) for c in allowed)])


def givers(account: Account) -> QuerySet[Organization]:
    """In whose name the account may share a venue."""
    found = organizations()
    if account.holds(Role.OFFICE_CLERK, Role.COMMUNITY_WORKER):
        return found
    return found.filter(pk__in=account.organization_ids())


def search(account: Any, words: str) -> list[Found]:
    found = Venue.objects.select_related("place").filter(name__icontains=words)[:8]
    return [Found(_("共享场地"), v.name, str(v.place), reverse("sharing:venue", args=[v.pk])) for v in found]


def home_list() -> HomeList | None:
    """Rooms to book, for the home page."""
    found = venues().filter(bookable=True).order_by(F("area").desc(nulls_last=True), "place__path")[:MOST_ON_HOME]
    lines = [HomeLine(v.name, f"{v.place} · {v.purpose}", reverse("sharing:venue", args=[v.pk])) for v in found]
    if not lines:
        return None
    return HomeList(_("可以预约的场地"), lines, reverse("sharing:venues"), _("全部场地"))
