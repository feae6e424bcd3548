"""Questions about campaigns and their notices."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.honors import links, notice_clock
from gongjian.honors.models import Campaign, Candidate, Certificate, Objection, PublicNotice
from gongjian.kernel.errors import Missing
from gongjian.kernel.notice_days import NoticeClock
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem, Found
from gongjian.kernel.workdays import WorkCalendar


def campaigns() -> QuerySet[Campaign]:
    """For those who run them, newest first."""
    return Campaign.objects.select_related("office").order_by("-opened_at")


def get_campaign(slug: str) -> Campaign:
    """For staff, in any state. Raises Missing."""
    found = Campaign.objects.select_related("office", "notice", "decision").filter(slug=slug).first()
    if found is None:
        raise Missing(_("没有这个评选活动。"))
    return found


def published_campaigns() -> QuerySet[Campaign]:
    """The honor roll, newest first; revoked ones stay on it and say so."""
    return Campaign.objects.filter(published_at__isnull=False).select_related("office", "decision").order_by("-published_at")


def get_published(slug: str) -> Campaign:
    """Raises Missing for what has not been published."""
    found = published_campaigns().filter(slug=slug).first()
    if found is None:
        raise Missing(_("没有这个光荣榜，或者还没有公布。"))
    return found


@dataclass(frozen=True)
class HangingNotice:
    notice: PublicNotice
    campaign: Campaign
    clock: NoticeClock


def current_notices() -> list[HangingNotice]:
    """Those that hang now, with their clocks; two queries and the calendar's."""
    found = PublicNotice.objects.filter(campaign__state=Campaign.State.NOTICE, ended_at__isnull=True)
    calendar = WorkCalendar()
    return [
        HangingNotice(notice, notice.campaign, notice_clock.read(notice, notice.objections.all(), calendar))
        for notice in found.select_related("campaign").prefetch_related("objections").order_by("published_at")
    ]


def get_notice(slug: str) -> HangingNotice:
    """The public notice of a campaign, also when it is over. Raises Missing before it hangs."""
    notice = PublicNotice.objects.select_related("campaign__office").filter(campaign__slug=slug).first()
    if notice is None:
        raise Missing(_("没有这个公示。"))
    return HangingNotice(notice, notice.campaign, notice_clock.read(notice))


def search_campaigns(account: Any, words: str) -> list[Found]:
    found = published_campaigns().filter(title__contains=words)[:8]
    return [Found(_("光荣榜"), c.title, c.get_state_display(), links.campaign_url(c.slug)) for c in found]


def desk_items(account: Any) -> list[DeskItem]:
    items = _objections(account) if may(account, "honors.handle_objection") else []
    if may(account, "honors.manage") or may(account, "honors.decide"):
        items += _next_steps(account)
    return items


def _objections(account: Any) -> list[DeskItem]:
    found = Objection.objects.exclude(state=Objection.State.ANSWERED).select_related("notice__campaign")[:20]
    actions = {"received": _("调查"), "investigating": _("写结果"), "found": _("答复")}
    return [
        DeskItem(
            room=_("评选表彰"),
            title=_("异议：%(text)s") % {"text": objection},
            detail=objection.notice.campaign.title,
            url=links.objection_url(objection.pk),
            action=actions[objection.state],
        )
        for objection in found
    ]


def _next_steps(account: Any) -> list[DeskItem]:
    """The one thing that each running campaign waits for, shown to who can do it."""
    running = Campaign.objects.exclude(state__in=[Campaign.State.ARCHIVED, Campaign.State.REVOKED])
    items = []
    for campaign in running.select_related("notice").order_by("opened_at")[:20]:
        permission, action = _waiting_for(campaign)
        if permission and may(account, permission):
            items.append(
                DeskItem(
                    room=_("评选表彰"),
                    title=campaign.title,
                    detail=campaign.get_state_display(),
                    url=links.manage_url(campaign.slug),
                    action=action,
                    due=_due(campaign),
                )
            )
    return items


def _waiting_for(campaign: Campaign) -> tuple[str, str]:
    """Permission and words of the next step; nothing to do while a notice hangs."""
    steps = {
        Campaign.State.CALL: ("honors.manage", _("开放提名")),
        Campaign.State.NOMINATION: ("honors.manage", _("看提名")),
        Campaign.State.REVIEW: ("honors.shortlist", _("集体研究")),
        Campaign.State.SHORTLISTED: ("honors.manage", _("发布公示")),
        Campaign.State.DECIDED: ("honors.manage", _("颁证、公布")),
    }
    if campaign.state == Campaign.State.NOTICE:
        if campaign.notice.ended_at:
            return "honors.decide", _("作出决定")
        return ("honors.manage", _("结束公示")) if notice_clock.read(campaign.notice).is_over else ("", "")
    if campaign.state == Campaign.State.PUBLISHED:
        unmade = Certificate.objects.filter(award__campaign=campaign, sha256="").exists()
        return ("", "") if unmade else ("honors.manage", _("归档"))
    return steps[Campaign.State(campaign.state)]


def _due(campaign: Campaign) -> datetime | None:
    planned = {
        Campaign.State.NOMINATION: campaign.nominations_until,
        Campaign.State.REVIEW: campaign.review_until,
        Campaign.State.SHORTLISTED: campaign.notice_planned,
        Campaign.State.NOTICE: campaign.decision_planned,
    }
    day = planned.get(Campaign.State(campaign.state))
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def counts_by_state(campaign: Campaign) -> dict[str, int]:
    """How many candidates stand in each state."""
    states = Candidate.objects.filter(campaign=campaign).values_list("state", flat=True)
    return {state: list(states).count(state) for state in Candidate.State.values}
