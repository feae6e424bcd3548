"""Hanging the shortlist out, and taking it down when its days are over."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.honors import notice_clock, papers
from gongjian.honors.models import Campaign, Objection, PublicNotice
from gongjian.honors.selectors.candidates import shortlisted
from gongjian.honors.services.steps import hold, said
from gongjian.kernel import audit, clock
from gongjian.kernel.basis import check_words
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


@transaction.atomic
def publish_notice(actor: Account, *, campaign: Campaign, text: str | None = None) -> PublicNotice:
    """From today; without `text` the generated one. Raises Conflict if it hangs already, Invalid where the gate refuses."""
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.SHORTLISTED)
    if text is None:
        text = papers.notice_text(campaign, shortlisted(campaign), telephone=campaign.office.telephone)
    check_words(said(text, _("公示正文不能是空的。"), field="text"), has_basis=campaign.has_basis, field="text")
    campaign.give_notice()
    campaign.save()
    notice = PublicNotice.objects.create(
        campaign=campaign,
        text=text.strip(),
        workdays=campaign.notice_workdays,
        published_on=clock.today(),
        published_at=clock.now(),
        published_by=actor,
    )
    audit.record(actor, "honors.publish_notice", campaign)
    return notice


@transaction.atomic
def end_notice(actor: Account, *, campaign: Campaign) -> PublicNotice:
    """Raises Conflict while days are left or an objection is open, and says which."""
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.NOTICE)
    notice = PublicNotice.objects.select_for_update().get(campaign=campaign)
    check_end(notice)
    notice.ended_at, notice.ended_by = clock.now(), actor
    notice.save(update_fields=["ended_at", "ended_by"])
    audit.record(actor, "honors.end_notice", campaign)
    return notice


def check_end(notice: PublicNotice) -> None:
    """Raises Conflict with the reason why the notice cannot end now."""
    if notice.ended_at:
        raise Conflict(_("公示已经结束了。"), code="notice-ended")
    waiting = notice.objections.exclude(state=Objection.State.ANSWERED).count()
    if waiting:
        raise Conflict(_("还有 %(n)d 条异议没有答复，不能结束公示。") % {"n": waiting}, code="objections-open")
    now = notice_clock.read(notice)
    if not now.is_over:
        raise Conflict(
            _("公示须满 %(required)d 个工作日，现在满了 %(elapsed)d 个，还差 %(left)d 个。")
            % {"required": now.required, "elapsed": now.elapsed, "left": now.left},
            code="notice-too-short",
        )
