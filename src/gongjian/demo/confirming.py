"""How a deed of the demo comes about: on which day, with what evidence, and who stands behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zlib import crc32

from gongjian.demo.facts import Facts, moment
from gongjian.demo.pictures import draw_sample
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, Evidence, Level
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services import confirm_deed, take_in_evidence
from gongjian.registry.models import Account

YEAR_BEGINS = date(2020, 1, 1)


@dataclass(frozen=True)
class Event:
    at: datetime
    act: Callable[[], Any]


def within_the_day(day: str, key: str) -> datetime:
    return moment(day, 9 + crc32(key.encode()) % 8, crc32(key.encode()) % 60)


def when(facts: Facts) -> dict[str, Any]:
    """The dates of the deed: a day where the page gives it, otherwise the year up to then."""
    if "day" in facts:
        return {"occurred_from": date.fromisoformat(facts["day"])}
    return {
        "occurred_from": YEAR_BEGINS,
        "occurred_to": date.fromisoformat(facts["recorded"]),
        "precision": Deed.Precision.YEAR,
    }


def confirm(facts: Facts, deed: Deed, username: str, level: Level) -> None:
    if level_of(deed) >= level:
        return
    actor = Account.objects.get(username=username)
    on_behalf_of = facts["third"] if level == Level.THIRD_PARTY else str(actor.active_assignments[0].community)
    evidence = [evidence_of(actor, facts, "确认书")] if level == Level.THIRD_PARTY else []
    confirm_deed(actor, deed=deed, level=level, on_behalf_of=on_behalf_of, evidence=evidence)


def evidence_of(actor: Account, facts: Facts, what: str) -> Evidence:
    title = facts["statement"].replace("{数}", "").replace("{日}", "")[:24]
    picture = draw_sample(
        f"{facts['key']}-{what}", title=title, subtitle=f"{what} · {facts['recorded']}", taken=clock.now() - timedelta(hours=1)
    )
    return take_in_evidence(actor, file=picture, caption=f"{what}（样例）：{title}", public=True)
