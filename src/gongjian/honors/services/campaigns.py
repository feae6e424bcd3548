"""Opening a campaign and moving it on."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, OfficeLimits, ReviewLevel, RuleSetVersion
from gongjian.honors.models.campaigns import LIMITS
from gongjian.honors.scoring.rule_sets import default_rule_set
from gongjian.honors.services.categories import check_quotas
from gongjian.honors.services.steps import BEFORE_SHORTLIST, hold, said
from gongjian.kernel import audit, clock
from gongjian.kernel.basis import check_nature, check_words
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Office, Role

EDITABLE = (
    "title",
    "slogan",
    "subtitle",
    "nature",
    "approving_body",
    "basis_number",
    "basis_is_sample",
    "scope",
    "cycle_from",
    "cycle_to",
    "nominations_until",
    "review_until",
    "notice_planned",
    "decision_planned",
    *LIMITS,
)
_GATED = ("title", "slogan", "subtitle", "scope")


@transaction.atomic
def open_campaign(
    actor: Account,
    *,
    slug: str,
    title: str,
    nature: str,
    scope: str,
    cycle_from: date,
    cycle_to: date,
    **details: Any,
) -> Campaign:
    """`details`: the other EDITABLE fields. Begins with the office's limits, three review levels and an example rule set.

    Raises Invalid where the basis gate refuses, Conflict if the slug is taken.
    """
    require(actor, "honors.manage")
    values = {"title": title, "nature": nature, "scope": scope, "cycle_from": cycle_from, "cycle_to": cycle_to, **details}
    campaign = Campaign(office=actor.office, slug=slug.strip(), opened_at=clock.now(), opened_by=actor)
    for name, value in {**limits_of(actor.office), **values}.items():
        _set(campaign, name, value)
    check_campaign(campaign)
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as error:
        raise Conflict(_("网址名“%(slug)s”已经用过了。") % {"slug": slug}, code="taken", field="slug") from error
    _furnish(actor, campaign)
    audit.record(actor, "honors.open_campaign", campaign)
    return campaign


def limits_of(office: Office) -> dict[str, int]:
    limits = OfficeLimits.objects.filter(office=office).first() or OfficeLimits(office=office)
    return {name: getattr(limits, name) for name in LIMITS}


@transaction.atomic
def set_limits(actor: Account, **limits: int) -> OfficeLimits:
    """What new campaigns begin with; running ones keep theirs."""
    require(actor, "honors.manage")
    _check_limits(limits)
    saved, _new = OfficeLimits.objects.update_or_create(office=actor.office, defaults=limits)
    audit.record(actor, "honors.set_limits", saved, **limits)
    return saved


@transaction.atomic
def edit_campaign(actor: Account, *, campaign: Campaign, **changes: Any) -> Campaign:
    """Change EDITABLE fields until the collective decision. Raises Conflict after it."""
    require(actor, "honors.manage")
    campaign = hold(campaign, *BEFORE_SHORTLIST)
    before = {name: str(getattr(campaign, name)) for name in changes if name in EDITABLE}
    for name, value in changes.items():
        _set(campaign, name, value)
    check_campaign(campaign)
    check_quotas(campaign)
    campaign.save()
    audit.record(actor, "honors.edit_campaign", campaign, before=before)
    return campaign


def _set(campaign: Campaign, name: str, value: Any) -> None:
    if name not in EDITABLE:
        raise TypeError(f"{name} is not a field that can be set")
    setattr(campaign, name, value.strip() if isinstance(value, str) else value)


def check_campaign(campaign: Campaign) -> None:
    """Raises Invalid for what cannot be, and for what may not be said without a basis."""
    said(campaign.title, _("请写名称。"), field="title")
    said(campaign.scope, _("请写评选范围。"), field="scope")
    if campaign.cycle_to < campaign.cycle_from:
        raise Invalid(_("考察期的结束早于开始。"), code="cycle-reversed", field="cycle_to")
    check_nature(nature=campaign.nature, approving_body=campaign.approving_body, basis_number=campaign.basis_number)
    for field in _GATED:
        check_words(getattr(campaign, field), has_basis=campaign.has_basis, field=field)
    if campaign.pk:
        for name in campaign.categories.values_list("name", flat=True):
            check_words(name, has_basis=campaign.has_basis)
    _check_limits({name: getattr(campaign, name) for name in LIMITS})


def _check_limits(limits: dict[str, int]) -> None:
    unknown = set(limits) - set(LIMITS)
    if unknown:
        raise TypeError(f"no such limits: {unknown}")
    for name, value in limits.items():
        if value < 0 or (name in ("notice_workdays", "statement_length") and value < 1):
            raise Invalid(_("这个数不能这么小。"), code="limit", field=name)
    if limits.get("most_county_percent", 0) > 100:
        raise Invalid(_("比例不能超过 100%%。") % {}, code="limit", field="most_county_percent")


def _furnish(actor: Account, campaign: Campaign) -> None:
    levels = (
        (_("社区审核"), Role.COMMUNITY_WORKER),
        (_("街道审核"), Role.OFFICE_CLERK),
        (_("领导审核"), Role.OFFICE_LEADER),
    )
    ReviewLevel.objects.bulk_create(
        [ReviewLevel(campaign=campaign, order=order, name=name, role=role) for order, (name, role) in enumerate(levels, 1)]
    )
    RuleSetVersion.objects.create(
        campaign=campaign, number=1, content=default_rule_set().as_json(), saved_by=actor, saved_at=clock.now()
    )
