"""What an account may do with a claim now: the buttons of its page, the natural next step first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.permissions import may
from gongjian.registry.models import Account
from gongjian.work.cobuilding.models import Claim, State
from gongjian.work.cobuilding.services import sides_of

Test = Callable[[Account, Claim], bool]


@dataclass(frozen=True)
class Act:
    name: str
    label: Any
    icon: str
    url: str
    first: bool


def _waits_for(account: Account, claim: Claim) -> bool:
    agreed = {"giver": claim.giver_agreed, "beneficiary": claim.beneficiary_agreed}
    return claim.state == State.PROPOSED and any(not agreed[side] for side in sides_of(account, claim))


def _carried_out(claim: Claim) -> bool:
    return claim.state in (State.AGREED, State.UNDER_WAY)


def _gives(account: Account, claim: Claim) -> bool:
    return may(account, "cobuilding.give", claim)


def _accepts(account: Account, claim: Claim) -> bool:
    return may(account, "cobuilding.accept", claim)


TABLE: tuple[tuple[str, Any, str, Test], ...] = (
    ("agree", _("同意"), "check", _waits_for),
    ("accept", _("验收"), "clipboard-check", lambda account, claim: _carried_out(claim) and _accepts(account, claim)),
    ("rate", _("评价"), "star", lambda account, claim: claim.state == State.ACCEPTED and _accepts(account, claim)),
    (
        "finish",
        _("办结"),
        "circle-check",
        lambda account, claim: claim.state == State.RATED and may(account, "cobuilding.finish", claim),
    ),
    ("start", _("开始办"), "player-play", lambda account, claim: claim.state == State.AGREED and _gives(account, claim)),
    (
        "report",
        _("办到了，请验收"),
        "send",
        lambda account, claim: _carried_out(claim) and not claim.reported_by_id and _gives(account, claim),
    ),
    (
        "send_back",
        _("验收不通过"),
        "arrow-back-up",
        lambda account, claim: _carried_out(claim) and bool(claim.reported_by_id) and _accepts(account, claim),
    ),
    ("lapse", _("不办了"), "x", lambda account, claim: claim.is_live and bool(sides_of(account, claim))),
)
"""Name of the verb, label, icon, when."""


def acts_for(account: Account, claim: Claim) -> list[Act]:
    fitting = [(name, label, icon) for name, label, icon, test in TABLE if test(account, claim)]
    return [
        Act(name, label, icon, reverse(f"cobuilding:{name}", args=[claim.pk]), number == 0 and name != "lapse")
        for number, (name, label, icon) in enumerate(fitting)
    ]
