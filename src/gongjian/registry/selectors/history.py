"""What changed on a tracked thing, when, and by whom: the events that the database's triggers wrote, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from gongjian.kernel.masking import mask_name
from gongjian.registry.models import Account

HIDDEN = {"id", "pinyin", "office", "identity_mark", "phone_mark"}


@dataclass(frozen=True)
class Step:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    at: datetime
    who: str
    steps: list[Step]


def changes_of(thing: Any, *, most: int = 30) -> list[Change]:
    """Newest first; entering it is no change. A constant number of queries."""
    events = list(thing.events.select_related("pgh_context").order_by("-pgh_id")[: most + 1])[::-1]
    names = _Names(type(thing), events)
    changes = [_change(before, after, names) for before, after in pairwise(events)]
    return [change for change in reversed(changes) if change.steps]


class _Names:
    """Words for the values of a model's fields; related things are read once for all events."""

    def __init__(self, model: type[models.Model], events: Iterable[Any]) -> None:
        self.fields = [field for field in model._meta.concrete_fields if field.name not in HIDDEN]
        self.masked = getattr(model, "masked_in_history", ())
        self.related = {f.name: _names_of(f, events) for f in self.fields if isinstance(f, models.ForeignKey)}
        self.accounts = Account.objects.in_bulk({who for event in events if (who := _account_of(event))})

    def tell(self, field: Any, event: Any) -> str:
        value = getattr(event, field.attname, None)
        if value in (None, ""):
            return "—"
        if field.name in self.related:
            return self.related[field.name].get(value, "—")
        if field.name in self.masked:
            return mask_name(str(value))
        if isinstance(value, bool):
            return _("是") if value else _("否")
        return str(dict(field.flatchoices).get(value, value))

    def who(self, event: Any) -> str:
        account = self.accounts.get(_account_of(event) or 0)
        return account.name if account else ""


def _names_of(field: Any, events: Iterable[Any]) -> dict[Any, str]:
    wanted = {getattr(event, field.attname, None) for event in events} - {None}
    return {pk: str(thing) for pk, thing in field.related_model._default_manager.in_bulk(wanted).items()}


def _account_of(event: Any) -> int | None:
    return event.pgh_context.metadata.get("account") if event.pgh_context else None


def _change(before: Any, after: Any, names: _Names) -> Change:
    steps = [
        Step(str(field.verbose_name), names.tell(field, before), names.tell(field, after))
        for field in names.fields
        if hasattr(after, field.attname) and getattr(before, field.attname) != getattr(after, field.attname)
    ]
    return Change(after.pgh_created_at, names.who(after), steps)
