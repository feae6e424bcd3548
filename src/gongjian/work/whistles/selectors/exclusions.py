"""Applications to leave a whistle out of the rates."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Exclusion, Whistle
from gongjian.work.whistles.selectors.reach import visible

OPEN = (Exclusion.State.ASKED, Exclusion.State.FIRST_AGREED)


def exclusions(account: Account, *, decided: bool = False) -> QuerySet[Exclusion]:
    """Those about whistles that the account reaches: what waits, oldest first; what was decided, newest first."""
    found = Exclusion.objects.filter(whistle__in=visible(account)).select_related(
        "whistle", "whistle__category", "whistle__community", "asked_by", "first_by", "final_by"
    )
    if decided:
        return found.exclude(state__in=OPEN).order_by("-asked_at", "-pk")
    return found.filter(state__in=OPEN).order_by("asked_at", "pk")


def get_exclusion(account: Account, pk: int) -> Exclusion:
    found: Exclusion | None = (
        Exclusion.objects.filter(whistle__in=visible(account))
        .select_related("whistle", "whistle__category", "whistle__community", "asked_by", "first_by", "final_by")
        .prefetch_related("evidence")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Missing(_("没有这份剔除申请。"))
    return found


def get_whistle_to_exclude(account: Account, pk: int) -> Whistle:
    found = visible(account).select_related("category", "community").filter(pk=pk, blown_at__isnull=False).first()
    if found is None:
        raise Missing(_("没有这件哨。"))
    return found
