"""What an account may do with a whistle now: asked by the page of the whistle."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from gongjian.registry.models import Account
from gongjian.work.whistles.models import Dispatch, Whistle
from gongjian.work.whistles.selectors.act_rules import FIRST, GROUPS, HANDLE, OF_EACH_PART, TABLE, Rule
from gongjian.work.whistles.selectors.situation import Situation


@dataclass(frozen=True)
class Act:
    """A button. `post`: one click does it; `form`: a page asks for more, or for a yes. At most one act is `primary`."""

    name: str
    label: str
    url: str
    icon: str
    kind: str
    primary: bool
    group: Any
    key: UUID = field(default_factory=uuid4)
    """Sent along, so that two clicks on one button act once."""


def acts_for(account: Account, whistle: Whistle) -> list[Act]:
    """The natural next step first, in a group of its own and marked `primary`; the others in the order of the table."""
    found = sorted(_found(Situation(account, whistle)), key=lambda act: GROUPS.index(act.group))
    first = next((act for act in found if act.primary), None)
    others = [replace(act, primary=False) for act in found if act is not first]
    return [replace(first, group=FIRST), *others] if first else others


def _found(now: Situation) -> Iterator[Act]:
    for rule in TABLE:
        if rule.permissions in OF_EACH_PART or now.may(rule.permissions):
            for thing in rule.things(now):
                url = reverse(f"whistles:{rule.name}", args=[thing.pk])
                yield Act(rule.name, _label(rule, thing, now), url, rule.icon, rule.kind, rule.leads(now, thing), rule.group)


def _label(rule: Rule, thing: Any, now: Situation) -> str:
    """A unit's own step needs no name; somebody else's does."""
    if isinstance(thing, Dispatch) and not (now.is_own(thing) and rule.permissions == HANDLE):
        return f"{rule.label}：{thing.organization.called}"
    return str(rule.label)
