"""Who holds how many stars, and held before."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Organization, Place
from gongjian.work.ratings.models import Fall, Scheme, Standing

_RELATED = ("scheme", "organization", "place", "result__candidate__round", "fall")


def current_standings(scheme: Scheme) -> dict[tuple[str, int], Standing]:
    """The newest of each organization or place."""
    newest: dict[tuple[str, int], Standing] = {}
    for standing in Standing.objects.filter(scheme=scheme).select_related(*_RELATED).order_by("pk"):
        newest[_key(standing)] = standing
    return newest


def holders(scheme: Scheme) -> list[Standing]:
    """With stars at present, most first."""
    found = [one for one in current_standings(scheme).values() if one.stars]
    return sorted(found, key=lambda one: (-one.stars, -one.pk))


def _key(standing: Standing) -> tuple[str, int]:
    if standing.organization_id:
        return "organization", standing.organization_id
    return "place", standing.place_id or 0


def history(subject: Organization | Place) -> QuerySet[Standing]:
    """Newest first, of all schemes."""
    column = "organization" if isinstance(subject, Organization) else "place"
    return Standing.objects.filter(**{column: subject}).select_related(*_RELATED).order_by("-pk")


def stars_of(scheme: Scheme, subject: Organization | Place) -> int:
    newest = history(subject).filter(scheme=scheme).first()
    return newest.stars if newest else 0


def falls() -> QuerySet[Fall]:
    related = ("scheme", "organization", "place", "proposed_by", "decided_by")
    return Fall.objects.select_related(*related).order_by("-pk")


def get_fall(pk: int) -> Fall:
    """Raises Missing."""
    found = falls().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条降星。"))
    return found


def get_standing(pk: int) -> Standing:
    """Raises Missing."""
    found: Standing | None = Standing.objects.select_related(*_RELATED).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条星级记录。"))
    return found
