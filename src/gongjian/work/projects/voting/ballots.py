"""What was cast: each ballot is valid or has a reason why not; the last valid one of a person counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from gongjian.work.projects.voting.roll import DEVELOPER, Holding


class Choice(StrEnum):
    AGREE = "agree"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True)
class Ballot:
    """Cast for `owner` (or for the developer); `proxy` is who cast it, if somebody else did."""

    owner: str
    choice: Choice
    cast_at: datetime
    means: str = "paper"
    proxy: str = ""


@dataclass(frozen=True)
class Proxy:
    """A written power of attorney for this vote."""

    owner: str
    proxy: str
    given_at: datetime
    revoked_at: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        return self.given_at <= moment and (self.revoked_at is None or moment < self.revoked_at)


@dataclass(frozen=True)
class NotCounted:
    ballot: Ballot
    why: str


def valid(
    ballots: Iterable[Ballot],
    held: Sequence[Holding],
    *,
    opens_at: datetime,
    closes_at: datetime,
    proxies: Sequence[Proxy] = (),
) -> tuple[dict[str, Ballot], list[NotCounted]]:
    """The ballot that counts of each owner, and those that do not count, with reasons."""
    owners = {owner for holding in held for owner in holding.holder}
    counted: dict[str, Ballot] = {}
    rest: list[NotCounted] = []
    for ballot in sorted(ballots, key=lambda ballot: ballot.cast_at):
        why = _why_not(ballot, owners, opens_at, closes_at, proxies)
        if why:
            rest.append(NotCounted(ballot, why))
            continue
        if earlier := counted.get(ballot.owner):
            rest.append(NotCounted(earlier, _("后来又投了一次，以最后一次为准。")))
        counted[ballot.owner] = ballot
    return counted, rest


def _why_not(ballot: Ballot, owners: set[str], opens_at: datetime, closes_at: datetime, proxies: Sequence[Proxy]) -> str:
    if ballot.owner not in owners:
        return _("名册里没有这位业主。")
    if ballot.cast_at < opens_at:
        return _("投票开始以前投的。")
    if ballot.cast_at > closes_at:
        return _("投票截止以后投的。")
    if not ballot.proxy or ballot.owner == DEVELOPER:
        return ""
    written = [proxy for proxy in proxies if (proxy.owner, proxy.proxy) == (ballot.owner, ballot.proxy)]
    if not written:
        return _("代投的人没有这位业主的委托书。")
    return "" if any(proxy.holds_at(ballot.cast_at) for proxy in written) else _("投票时委托还没有给出，或已经撤回。")
