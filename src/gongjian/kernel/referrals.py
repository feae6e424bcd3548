"""Handing something on to whoever deals with such things: rooms do not import one another, the one that takes it in says so."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Conflict
from gongjian.kernel.rooms import rooms


@dataclass(frozen=True)
class Referral:
    """`key` is `room:what` and names it forever: referred twice, it is refused. `text` is read by whoever will handle it."""

    key: str
    text: str
    place: Any
    spot: str = ""


@dataclass(frozen=True)
class Referred:
    """What became of a referral. `url` is empty for who may not open it."""

    number: str
    state: str
    url: str = ""


def refer(actor: Any, referral: Referral) -> None:
    """In the caller's transaction, who asked for permission. Raises Invalid or Conflict, also where nobody takes it in."""
    if not any(room.take_referral(actor, referral) for room in rooms()):
        raise Conflict(_("现在没有哪里能接这件事，请打电话报给街道。"), code="nobody-takes-it")


def referred(account: Any, keys: Collection[str]) -> dict[str, Referred]:
    """By key, for those that are known; one query a room that takes referrals in."""
    found: dict[str, Referred] = {}
    if keys:
        for room in rooms():
            found.update(room.referred(account, keys))
    return found
