"""The office of a request, and the places inside it."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Office, Place


def office_of_host(host: str) -> Office | None:
    """The office whose host names list `host`; otherwise the only (or first) office of the installation."""
    named = ExpressionWrapper(Q(hostnames__contains=[host]), output_field=BooleanField())
    return Office.objects.order_by(named.desc(), "pk").first()


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
