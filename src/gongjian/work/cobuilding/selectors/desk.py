"""What waits for somebody, and what search finds."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem, Found
from gongjian.registry.models import Account, Role
from gongjian.work.cobuilding.models import Claim, State
from gongjian.work.cobuilding.selectors.acts import acts_for
from gongjian.work.cobuilding.selectors.claims import claims
from gongjian.work.cobuilding.selectors.listings import needs, offers
from gongjian.work.cobuilding.services.fulfilling import ANSWER_WITHIN, RATE_WITHIN

MOST = 20


def desk_items(account: Account) -> list[DeskItem]:
    """Claims whose next step is this account's own. A clerk's desk is not filled with what the two sides do."""
    if not account.holds(Role.COMMUNITY_WORKER, Role.UNIT_LIAISON):
        return []
    waiting = claims(account).filter(state__in=[State.PROPOSED, State.AGREED, State.UNDER_WAY, State.ACCEPTED])
    return [item for claim in waiting[: 3 * MOST] if (item := _item(account, claim))][:MOST]


def _item(account: Account, claim: Claim) -> DeskItem | None:
    first = next((act for act in acts_for(account, claim) if act.first), None)
    if first is None or (first.name == "accept" and not claim.reported_by_id):
        return None
    return DeskItem(
        room=_("共建"),
        title=f"{claim.title}，{claim.amount}",
        detail=f"{claim.organization.called} → {claim.place}",
        url=reverse("cobuilding:claim", args=[claim.pk]),
        action=first.label,
        due=_due(claim),
    )


def _due(claim: Claim) -> datetime | None:
    if claim.state == State.PROPOSED:
        return claim.moved_at + ANSWER_WITHIN
    if claim.state == State.ACCEPTED:
        return claim.moved_at + RATE_WITHIN
    if claim.due_on is None:
        return None
    return timezone.make_aware(datetime.combine(claim.due_on + timedelta(days=1), time.min))


def search(account: Account, words: str) -> list[Found]:
    if len(words.strip()) < 2 or not may(account, "cobuilding.view"):
        return []
    found = [
        Found(_("需求"), need.title, f"{need.place} · {need.amount}", reverse("cobuilding:need", args=[need.pk]))
        for need in needs(words=words, state="all")[:4]
    ]
    return found + [
        Found(_("资源"), one.title, f"{one.organization.called} · {one.amount}", reverse("cobuilding:offer", args=[one.pk]))
        for one in offers(words=words, state="all")[:4]
    ]
