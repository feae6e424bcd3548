"""How things stand with a whistle for one account, read once: what the table of acts asks."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django_fsm import can_proceed

from gongjian.kernel.permissions import may
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Dispatch, Escalation, Pause, Rating, Whistle
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.selectors.reach import spoken_for
from gongjian.work.whistles.selectors.waiting import waited_for_rating


class Situation:
    """A constant number of queries, however many were sent."""

    def __init__(self, account: Account, whistle: Whistle) -> None:
        self.account, self.whistle = account, whistle
        self._allowed: dict[str, bool] = {}

    def may(self, permissions: Iterable[str]) -> bool:
        """Any of these, about the whistle."""
        return any(self._may(permission) for permission in permissions)

    def _may(self, permission: str) -> bool:
        if permission not in self._allowed:
            self._allowed[permission] = may(self.account, permission, self.whistle)
        return self._allowed[permission]

    def can(self, step: str, thing: Any = None) -> bool:
        """The state machine lets the whistle (or `thing`) take the step."""
        return bool(can_proceed(getattr(thing or self.whistle, step)))

    @cached_property
    def sent(self) -> list[Dispatch]:
        live = self.whistle.dispatches.exclude(state=Dispatch.State.RECALLED).select_related("organization")
        return list(live.order_by("part", "pk"))

    @cached_property
    def handled(self) -> list[Dispatch]:
        """What the account may act on as, or for, the organization that was sent."""
        return [sent for sent in self.sent if may(self.account, "whistles.handle", sent)]

    def is_own(self, sent: Dispatch) -> bool:
        return sent.organization_id in spoken_for(self.account)

    @cached_property
    def asked(self) -> list[Pause]:
        return [p for p in self.whistle.pauses.filter(state=Pause.State.ASKED) if may(self.account, "whistles.decide_pause", p)]

    @cached_property
    def is_asking(self) -> bool:
        return bool(self.whistle.pauses.filter(state=Pause.State.ASKED).exists())

    @cached_property
    def overdue(self) -> list[Escalation]:
        """The newest red one, if nobody has taken it up."""
        newest = self.whistle.escalations.filter(color=Whistle.Color.RED).order_by("-at", "-pk")[:1]
        return [escalation for escalation in newest if escalation.taken_up_at is None]

    @cached_property
    def _rated(self) -> set[tuple[str, int | None]]:
        rated = self.whistle.ratings.filter(round=self.whistle.round)
        return set(rated.values_list("side", "organization_id"))

    def to_rate(self, side: str) -> bool:
        """An organization that reported (or the account's own one, about the community) is not yet rated by this side."""
        own = self.account.organization_ids() if side == Rating.Side.ORGANIZATION else None
        reported = {sent.organization_id for sent in self.sent if sent.state == Dispatch.State.REPORTED}
        return any((side, key) not in self._rated for key in (reported if own is None else reported & own))

    @cached_property
    def may_end(self) -> bool:
        """Closed it can be once it is rated, or the days for that have passed."""
        rated = self.whistle.state == State.RATED
        return rated or (self.can("close") and waited_for_rating(self.whistle))
