"""One verb for many whistles: each by itself, so that one that is refused does not hold up the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Conflict, DomainError, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.whistles.models import Category, Whistle
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.selectors.policies import categories
from gongjian.work.whistles.services.dispatching import Sending, dispatch
from gongjian.work.whistles.services.triage import triage

MOST = 500


@dataclass
class Outcome:
    """`refused`: number and sentence of each that was not done."""

    done: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def triage_as_suggested(actor: Account, *, whistles: Sequence[Whistle]) -> Outcome:
    """Into the category that the words led to. Raises Invalid for too many."""
    require(actor, "whistles.triage")
    known = {category.code: category for category in categories()}

    def act(whistle: Whistle) -> None:
        triage(actor, whistle=whistle, category=_suggested(whistle, known))

    return _each(whistles, act)


def dispatch_as_suggested(actor: Account, *, whistles: Sequence[Whistle]) -> Outcome:
    """To the organization that leads by default; what is not yet in a category goes into the suggested one first."""
    require(actor, "whistles.dispatch")
    known = {category.code: category for category in categories()}

    def act(whistle: Whistle) -> None:
        category = whistle.category or _suggested(whistle, known)
        if category.lead is None:
            raise Conflict(_("这个类别没有默认的牵头单位。"), code="no-lead")
        _send(actor, whistle, category, category.lead)

    return _each(whistles, act)


def assign(actor: Account, *, whistles: Sequence[Whistle], organization: Organization) -> Outcome:
    """All to one organization."""
    require(actor, "whistles.dispatch")
    known = {category.code: category for category in categories()}

    def act(whistle: Whistle) -> None:
        _send(actor, whistle, whistle.category or _suggested(whistle, known), organization)

    return _each(whistles, act)


def _send(actor: Account, whistle: Whistle, category: Category, lead: Organization) -> None:
    with transaction.atomic():
        if whistle.category is None or whistle.state == State.BLOWN:
            triage(actor, whistle=whistle, category=category)
        dispatch(actor, whistle=whistle, lead=Sending(lead))


def _suggested(whistle: Whistle, known: dict[str, Category]) -> Category:
    category = known.get(whistle.suggestion.get("category", ""))
    if category is None:
        raise Conflict(_("没有建议的类别，请打开这件选一个。"), code="no-suggestion")
    return category


def _each(whistles: Sequence[Whistle], act: Callable[[Whistle], None]) -> Outcome:
    if len(whistles) > MOST:
        raise Invalid(_("一次最多办 %(most)s 件。") % {"most": MOST}, code="too-many", field="whistles")
    outcome = Outcome()
    for whistle in whistles:
        try:
            act(whistle)
            outcome.done += 1
        except DomainError as error:
            outcome.refused.append((whistle.number, str(error)))
    return outcome
