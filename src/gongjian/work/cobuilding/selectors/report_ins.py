"""Questions about who reported in, as far as the asking account may know of it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Person
from gongjian.work.cobuilding.models import ReportIn
from gongjian.work.cobuilding.selectors.claims import WHOLE_OFFICE, inside


def report_ins(account: Account, *, of: str = "", ended: bool = False) -> QuerySet[ReportIn]:
    """`of`: party or person, or empty for both."""
    found = ReportIn.objects.filter(_own(account), ended_on__isnull=not ended)
    if of in ("party", "person"):
        found = found.filter(**{f"{of}__isnull": False})
    return found.select_related("place", "party__organization", "person__organization").order_by("-reported_on", "-pk")


def get_report_in(account: Account, pk: int) -> ReportIn:
    """Raises Missing also for one that `account` may not know of."""
    found = ReportIn.objects.filter(_own(account), pk=pk)
    report = found.select_related("place", "party__organization", "person__organization").first()
    if report is None:
        raise Missing(_("没有这条报到。"))
    return report


def of_person(person: Person) -> dict[str, Any]:
    """For the copy that somebody may ask for."""
    found = ReportIn.objects.filter(person=person).select_related("place").order_by("reported_on")
    return {"report_ins": [{"place": one.place.name, "post": one.post, "on": str(one.reported_on)} for one in found]}


def _own(account: Account) -> Q:
    if account.holds(*WHOLE_OFFICE):
        return Q()
    own = account.organization_ids()
    return inside(account.community_paths()) | Q(party__organization__in=own) | Q(person__organization__in=own)
