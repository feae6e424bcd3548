"""Opening a campaign and moving it on."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.honors.basis import check_nature, check_words
from gongjian.honors.models import Campaign, Candidate, Category, OfficeLimits, ReviewLevel, RuleSetVersion
from gongjian.honors.models.campaigns import LIMITS, Body
from gongjian.honors.scoring.rule_sets import default_rule_set
from gongjian.honors.services.steps import hold, said
from gongjian.honors.signals import campaign_published
from gongjian.kernel import audit, clock
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
    campaign = hold(campaign, Campaign.State.CALL, Campaign.State.NOMINATION, Campaign.State.REVIEW)
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
    campaign = hold(campaign, Campaign.State.CALL, Campaign.State.NOMINATION, Campaign.State.REVIEW)
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
    campaign = hold(category.campaign, Campaign.State.CALL, Campaign.State.NOMINATION, Campaign.State.REVIEW)
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


@transaction.atomic
def open_nomination(actor: Account, *, campaign: Campaign) -> Campaign:
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.CALL)
    if not campaign.categories.exists():
        raise Invalid(_("还没有设评选类别和名额。"), code="no-category")
    campaign.open_nomination()
    return _moved(actor, campaign, "honors.open_nomination")


@transaction.atomic
def start_review(actor: Account, *, campaign: Campaign) -> Campaign:
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.NOMINATION)
    if not campaign.candidates.filter(state=Candidate.State.NOMINATED).exists():
        raise Invalid(_("还没有人提名，先提名再审核。"), code="no-candidate")
    campaign.start_review()
    return _moved(actor, campaign, "honors.start_review")


@transaction.atomic
def publish_campaign(actor: Account, *, campaign: Campaign) -> Campaign:
    """The honor page goes up: the chronicle writes it, in the same transaction."""
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.DECIDED)
    campaign.publish()
    campaign.published_at = clock.now()
    _moved(actor, campaign, "honors.publish_campaign")
    campaign_published.send(sender=Campaign, campaign=campaign, actor=actor)
    return campaign


@transaction.atomic
def archive_campaign(actor: Account, *, campaign: Campaign) -> Campaign:
    """Closes the books; the archive file itself is written by `write_archive`. All certificates must have been made."""
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.PUBLISHED)
    if campaign.awards.filter(revoked_on__isnull=True).exclude(certificate__printed_at__isnull=False).exists():
        raise Conflict(_("还有证书没有制作，全部制作后再归档。"), code="certificates-missing")
    campaign.archive()
    return _moved(actor, campaign, "honors.archive_campaign")


def _moved(actor: Account, campaign: Campaign, action: str) -> Campaign:
    campaign.save()
    audit.record(actor, action, campaign)
    return campaign
