"""The office of a request, and the places inside it."""

from copy import copy

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.kept import kept, kept_under, stamp, under
from gongjian.registry.models import Office, Place


def office_of_host(host: str) -> Office | None:
    """The office whose host names list `host`; otherwise the only (or first) office of the installation."""
    drawn = stamp()
    offices = kept_under(drawn, "registry.offices", lambda: list(Office.objects.order_by("pk")))
    found = next((office for office in offices if host in office.hostnames), offices[0] if offices else None)
    return under(drawn, copy(found)) if found else None


def place_by_code(code: str) -> Place | None:
    return kept(("registry.place", code), lambda: Place.objects.filter(code=code).first())


def communities() -> QuerySet[Place]:
    return Place.objects.filter(level=Place.Level.COMMUNITY)


def places(level: str = "", *, below: Place | None = None) -> QuerySet[Place]:
    """In tree order; `below`: that place and everything inside it."""
    found = Place.objects.select_related("parent")
    if below is not None:
        found = found.filter(Q(path=below.path) | Q(path__startswith=f"{below.path}/"))
    return found.filter(level=level) if level else found


def get_place(pk: int) -> Place:
    """Raises Missing."""
    found = Place.objects.select_related("parent").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个地方。"))
    return found
