"""The board: what is open, in the columns of its way, the most urgent on top."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.permissions import may
from gongjian.registry.models import Account
from gongjian.work.whistles.faces import Face, faces
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.models.whistles import BEFORE_DISPATCH, State
from gongjian.work.whistles.selectors.selection import MOST_URGENT, shown

MOST_CARDS = 15
MOST_COUNTED = 100
ON_A_CARD = 36
"""Characters of what was said."""


@dataclass(frozen=True)
class Stage:
    """A column. `verb` is what moves a card into it, `permission` who may."""

    key: str
    label: Any
    states: Sequence[str]
    verb: Any = ""
    permission: str = ""


STAGES = (
    Stage("new", _("待派单"), (*BEFORE_DISPATCH, State.RETURNED)),
    Stage("sent", _("待应哨"), (State.DISPATCHED,), _("派单"), "whistles.dispatch"),
    Stage("doing", _("办理中"), (State.ACCEPTED, State.ON_SITE, State.HANDLED), _("应哨"), "whistles.handle"),
    Stage("reported", _("待核实"), (State.REPORTED,), _("反馈"), "whistles.handle"),
    Stage("rating", _("待评价、销哨"), (State.VERIFIED, State.RATED), _("核实"), "whistles.verify"),
)


@dataclass(frozen=True)
class Column:
    """`count` in words, capped: nobody counts a million rows for a headline. `next` is where the account may move its cards."""

    stage: Stage
    cards: list[Face] = field(default_factory=list)
    count: str = "0"
    more: bool = False
    next: Stage | None = None


def columns(account: Account, found: QuerySet[Whistle]) -> list[Column]:
    """At most two queries for each column, whatever is in it."""
    following = {one: other for one, other in pairwise(STAGES) if may(account, other.permission)}
    return [_column(found.filter(state__in=stage.states), stage, following.get(stage)) for stage in STAGES]


def _column(found: QuerySet[Whistle], stage: Stage, following: Stage | None) -> Column:
    cards = list(shown(found).order_by(*MOST_URGENT)[: MOST_CARDS + 1])
    more = len(cards) > MOST_CARDS
    count = capped_count(found) if more else str(len(cards))
    return Column(stage, faces(cards[:MOST_CARDS], length=ON_A_CARD), count, more, following)


def capped_count(found: QuerySet[Whistle]) -> str:
    count = found.order_by()[: MOST_COUNTED + 1].count()
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def stage_of(whistle: Whistle) -> Stage | None:
    return next((stage for stage in STAGES if whistle.state in stage.states), None)


def stage_called(key: str) -> Stage | None:
    return next((stage for stage in STAGES if stage.key == key), None)
