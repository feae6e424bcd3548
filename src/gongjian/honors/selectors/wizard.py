"""The legal steps of a campaign as a wizard shows them: how far it is, and what is missing before it can go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.honors import notice_clock
from gongjian.honors.models import Campaign, Candidate, Certificate
from gongjian.honors.selectors.progress import Progress
from gongjian.honors.services.noticing import check_end
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import may
from gongjian.registry.models import Account

_State = Campaign.State
_ORDER = tuple(_State.values)
STEPS = (
    ("call", gettext_lazy("发通知"), "honors.view_campaign", (_State.CALL,)),
    ("nomination", gettext_lazy("提名"), "honors.view_campaign", (_State.NOMINATION,)),
    ("review", gettext_lazy("逐级审核"), "honors.view_campaign", (_State.REVIEW,)),
    ("opinions", gettext_lazy("征求意见"), "honors.view_scores", (_State.REVIEW,)),
    ("shortlist", gettext_lazy("集体研究"), "honors.view_scores", (_State.REVIEW,)),
    ("staff_notice", gettext_lazy("公示"), "honors.read_objections", (_State.SHORTLISTED, _State.NOTICE)),
    ("decision", gettext_lazy("决定"), "honors.view_scores", (_State.NOTICE,)),
    ("certificates", gettext_lazy("证书"), "honors.view_scores", (_State.DECIDED,)),
    ("archive", gettext_lazy("归档"), "honors.view_scores", (_State.PUBLISHED,)),
)
"""Name of the step's page, its label, who may see it, and the states in which it is being taken."""


@dataclass(frozen=True)
class Step:
    """`state` is done, current or todo, as `c-step` wants it; `url` is empty for who may not see the page."""

    number: int
    name: str
    label: Any
    state: str
    count: str
    url: str


def steps(account: Account, campaign: Campaign, standing: Sequence[Progress]) -> list[Step]:
    counts = _counts(campaign, standing)
    return [
        Step(
            number=number,
            name=name,
            label=label,
            state=_state(campaign, name, states),
            count=counts.get(name, ""),
            url=reverse(f"honors:{name}", args=[campaign.slug]) if may(account, permission) else "",
        )
        for number, (name, label, permission, states) in enumerate(STEPS, start=1)
    ]


def current_step(account: Account, campaign: Campaign) -> str:
    """The page that the wizard opens on: the furthest step under way that `account` may see."""
    seen = [(name, states) for name, _label, permission, states in STEPS if may(account, permission)]
    reached = [name for name, states in seen if _state(campaign, name, states) == "current"]
    begun = [name for name, states in seen if _state(campaign, name, states) == "done"]
    return reached[0] if reached else begun[-1] if begun else "call"


def _state(campaign: Campaign, name: str, states: Sequence[str]) -> str:
    state = campaign.state_before_revocation or campaign.state
    if name in ("staff_notice", "decision") and state == _State.NOTICE:
        return "current" if (name == "decision") == bool(campaign.notice.ended_at) else "done" if name != "decision" else "todo"
    if state in states:
        return "todo" if campaign.is_revoked else "current"
    return "done" if _ORDER.index(state) > _ORDER.index(states[-1]) else "todo"


def _counts(campaign: Campaign, standing: Sequence[Progress]) -> dict[str, str]:
    chosen = [one for one in standing if one.candidate.state not in (Candidate.State.NOMINATED, Candidate.State.PASSED_OVER)]
    counts = {
        "call": str(campaign.categories.count()),
        "nomination": str(len(standing)),
        "review": _of(sum(not one.turn for one in standing), len(standing)),
        "opinions": _of(sum(one.heard for one in standing), sum(len(one.asked) for one in standing)),
        "shortlist": str(len(chosen)) if chosen else "",
        "certificates": _of(certificates(campaign).exclude(sha256="").count(), campaign.awards.count()),
    }
    if hasattr(campaign, "notice"):
        clock = notice_clock.read(campaign.notice)
        counts["staff_notice"] = _of(min(clock.elapsed, clock.required), clock.required)
    return counts


def _of(done: int, total: int) -> str:
    return f"{done}/{total}" if total else ""


def certificates(campaign: Campaign) -> Any:
    return Certificate.objects.filter(award__campaign=campaign)


def missing(campaign: Campaign, step: str, standing: Sequence[Progress]) -> list[str]:
    """What the service behind the step's button would refuse now, said beforehand."""
    found = _MISSING.get(step)
    return found(campaign, standing) if found else []


def _call(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    return [] if campaign.categories.exists() else [_("还没有设评选类别和名额。")]


def _nomination(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    return [] if standing else [_("还没有人提名，先提名再审核。")]


def _review(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    waiting = [one for one in standing if one.turn and one.candidate.state == Candidate.State.NOMINATED]
    return [_("%(name)s：等“%(level)s”的意见") % {"name": one.candidate.name, "level": one.turn} for one in waiting]


def _shortlist(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    blocked = [one for one in standing if one.obstacles and one.candidate.state == Candidate.State.NOMINATED]
    return [f"{one.candidate.name}：{'；'.join(text.rstrip('。') for text in one.obstacles)}" for one in blocked]


def _opinions(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    unasked = [one for one in standing if not one.is_asked]
    waiting = sum(1 for one in standing for asked in one.asked if asked.opinion and not asked.opinion.answered_on)
    found = [_("%(name)s：还没有发出征求") % {"name": one.candidate.name} for one in unasked]
    return [*found, _("%(n)d 份征求还没有收到答复") % {"n": waiting}] if waiting else found


def _notice(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    if campaign.state != _State.NOTICE:
        return []
    try:
        check_end(campaign.notice)
    except Conflict as reason:
        return [] if campaign.notice.ended_at else [str(reason)]
    return []


def _decision(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    ended = campaign.state == _State.NOTICE and campaign.notice.ended_at
    return [] if ended or hasattr(campaign, "decision") else [_("公示还没有结束。")]


def _archive(campaign: Campaign, standing: Sequence[Progress]) -> list[str]:
    unmade = campaign.awards.exclude(certificate__printed_at__isnull=False).count()
    found = [] if campaign.published_at else [_("荣誉页还没有公布。")]
    return [*found, _("%(n)d 份证书还没有制作好。") % {"n": unmade}] if unmade else found


_MISSING = {
    "call": _call,
    "nomination": _nomination,
    "review": _review,
    "opinions": _opinions,
    "shortlist": _shortlist,
    "staff_notice": _notice,
    "decision": _decision,
    "archive": _archive,
}
