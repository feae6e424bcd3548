"""The titles that a campaign gives, and how many of each."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Category
from gongjian.honors.models.campaigns import Body
from gongjian.honors.services.steps import BEFORE_SHORTLIST, hold, said
from gongjian.kernel import audit
from gongjian.kernel.basis import check_words
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


@transaction.atomic
def add_category(
    actor: Account,
    *,
    campaign: Campaign,
    name: str,
    kind: str,
    quota: int,
    opinions: list[str] | None = None,
    enterprise_opinions: list[str] | None = None,
) -> Category:
    """Opinions asked unless told otherwise: discipline inspection; of enterprises also market regulation and tax."""
    require(actor, "honors.manage")
    campaign = hold(campaign, *BEFORE_SHORTLIST)
    check_words(said(name, _("请写称号。"), field="name"), has_basis=campaign.has_basis, field="name")
    category = Category(
        campaign=campaign,
        name=name.strip(),
        kind=kind,
        quota=_positive(quota),
        order=campaign.categories.count(),
        opinions=[Body.DISCIPLINE.value] if opinions is None else opinions,
        enterprise_opinions=[Body.MARKET.value, Body.TAX.value] if enterprise_opinions is None else enterprise_opinions,
    )
    return _save_category(actor, campaign, category, "honors.add_category")


@transaction.atomic
def edit_category(actor: Account, *, category: Category, **changes: Any) -> Category:
    """`changes`: name, quota, order, opinions, enterprise_opinions."""
    require(actor, "honors.manage")
    campaign = hold(category.campaign, *BEFORE_SHORTLIST)
    unknown = set(changes) - {"name", "quota", "order", "opinions", "enterprise_opinions"}
    if unknown:
        raise TypeError(f"no such fields: {unknown}")
    for name, value in changes.items():
        setattr(category, name, value)
    check_words(said(category.name, _("请写称号。"), field="name"), has_basis=campaign.has_basis, field="name")
    category.quota = _positive(category.quota)
    return _save_category(actor, campaign, category, "honors.edit_category")


def _positive(quota: int) -> int:
    if quota < 1:
        raise Invalid(_("名额至少是 1。"), code="quota", field="quota")
    return quota


def _save_category(actor: Account, campaign: Campaign, category: Category, action: str) -> Category:
    try:
        with transaction.atomic():
            category.save()
    except IntegrityError as error:
        raise Conflict(_("已经有“%(name)s”了。") % {"name": category.name}, code="taken", field="name") from error
    check_quotas(campaign)
    audit.record(actor, action, campaign, category=category.name, quota=category.quota)
    return category


def check_quotas(campaign: Campaign) -> None:
    """Raises Invalid if the categories promise more than the limits allow."""
    for kind, most in (
        (Category.Kind.ORGANIZATIONS, campaign.most_organizations),
        (Category.Kind.INDIVIDUALS, campaign.most_individuals),
    ):
        promised = sum(campaign.categories.filter(kind=kind).values_list("quota", flat=True))
        if promised > most:
            raise Invalid(
                _("%(kind)s名额合计 %(n)d 个，超过上限 %(most)d 个。") % {"kind": kind.label, "n": promised, "most": most},
                code="over-limit",
                field="quota",
            )
