"""Questions about objections. Who raised one is shown to nobody but those who handle them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Objection
from gongjian.kernel.errors import Missing


def objections(campaign: Campaign | None = None) -> QuerySet[Objection]:
    """For those who handle them, the oldest first."""
    found = Objection.objects.select_related(
        "notice__campaign", "candidate__organization", "candidate__person", "investigator"
    ).order_by("received_at")
    return found.filter(notice__campaign=campaign) if campaign else found


def get_objection(pk: int) -> Objection:
    """Raises Missing."""
    found = objections().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条异议。"))
    return found


def follow_objection(token: str) -> Objection:
    """By its secret token. Raises Missing."""
    found = objections().filter(token=token).first()
    if found is None:
        raise Missing(_("没有找到：请核对链接是否完整。"))
    return found
