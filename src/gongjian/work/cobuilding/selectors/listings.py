"""Questions about needs and offers."""

from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.work.cobuilding.kinds import Kind
from gongjian.work.cobuilding.models import Need, Offer

Posted = TypeVar("Posted", Need, Offer)
NEWEST = ("-posted_at", "-pk")


def needs(*, kind: str = "", words: str = "", state: str = "open", community: Any = None) -> QuerySet[Need]:
    """`state`: open (something is left of it), met, withdrawn or all."""
    found = _narrowed(Need.objects.select_related("place", "place__parent"), kind, words, state)
    return _inside(found, community).order_by(*NEWEST)


def offers(*, kind: str = "", words: str = "", state: str = "open", organization: Any = None) -> QuerySet[Offer]:
    found = _narrowed(Offer.objects.select_related("organization", "organization__community", "place"), kind, words, state)
    return (found.filter(organization=organization) if organization else found).order_by(*NEWEST)


def get_need(pk: int) -> Need:
    """Raises Missing."""
    found = Need.objects.select_related("place", "posted_by").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条需求。"))
    return found


def get_offer(pk: int) -> Offer:
    """Raises Missing."""
    found = Offer.objects.select_related("organization__community", "place", "posted_by").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条资源。"))
    return found


def current() -> Q:
    """Not withdrawn, not past its last day."""
    in_time = Q(until_day__isnull=True) | Q(until_day__gte=clock.today())
    return in_time & Q(withdrawn_at__isnull=True)


def _narrowed(found: QuerySet[Posted], kind: str, words: str, state: str) -> QuerySet[Posted]:
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if words := words.strip():
        found = found.filter(Q(title__icontains=words) | Q(details__icontains=words))
    if state == "open":
        return found.filter(current(), taken__lt=F("quantity"))
    if state == "met":
        return found.filter(taken__gte=F("quantity"))
    return found.filter(~current()) if state == "ended" else found


def _inside(found: QuerySet[Need], place: Any) -> QuerySet[Need]:
    return found.filter(Q(place=place) | Q(place__path__startswith=f"{place.path}/")) if place else found
