"""Finding deeds, and what they have become."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem, Found
from gongjian.ledger.models import Confirmation, Deed, DeedEvidence, DeedKind, Level
from gongjian.ledger.models.deeds import Pairs
from gongjian.ledger.selectors.reach import Reach, reach_of
from gongjian.registry.models import Account

NEWEST_FIRST = ("-occurred_to", "-id")


def level_of(deed: Deed) -> Level:
    """The level a deed has reached."""
    highest = Confirmation.objects.filter(deed=deed).aggregate(highest=Max("level"))["highest"]
    return Level(deed.initial_level if highest is None else highest)


def with_level(deeds: QuerySet[Deed]) -> QuerySet[Any]:
    """The deeds, annotated with `level` and `is_reversed`.

    Both are looked up for each row that is shown: an EXISTS here makes PostgreSQL read all deeds of the office into a hash.
    """
    highest = Confirmation.objects.filter(deed=OuterRef("pk")).order_by("-level").values("level")[:1]
    reversal = Deed.objects.filter(reverses=OuterRef("pk")).values("pk")[:1]
    return deeds.annotate(level=Coalesce(highest, "initial_level"), is_reversed=IsNull(Subquery(reversal), False))  # noqa: FBT003


def visible_deeds(account: Any) -> QuerySet[Deed]:
    """The deeds that `account` (possibly anonymous) may see, of its office."""
    deeds = Deed.objects.select_related("kind", "place", "organization", "team", "person")
    return deeds.filter(reach_of(account).condition())


def with_words(deeds: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those whose statement contains `words` (two characters at least); the index of pairs narrows them down first."""
    narrowed: QuerySet[Any] = deeds.alias(pairs=Pairs("statement"))
    asked = {words[at : at + 2] for at in range(len(words) - 1)}
    return narrowed.filter(pairs__contains=sorted(asked), statement__contains=words)


def codes_of(category: str) -> list[str]:
    """The kinds of a category, named one by one: of a subquery the planner knows nothing, and then reads too much."""
    return list(DeedKind.objects.filter(category=category).values_list("pk", flat=True))


def get_deed(account: Any, pk: UUID | str) -> Deed:
    """With level, evidence and confirmations. Raises Missing also for deeds that `account` may not see."""
    evidence = Prefetch("evidence_links", DeedEvidence.objects.select_related("evidence"))
    found = with_level(visible_deeds(account)).select_related("recorded_by", "reverses", "reversed_by")
    try:
        deed: Deed = found.prefetch_related(evidence, "confirmations").get(pk=pk)
    except (ObjectDoesNotExist, ValidationError) as error:
        raise Missing(_("没有这条事迹，或者它不对您公开。")) from error
    return deed


def deeds_awaiting_confirmation(account: Account) -> QuerySet[Deed]:
    """Declared deeds in the account's communities that somebody else recorded, oldest first.

    Titles and stars that were given are left out: the published decision stands behind them.
    """
    unconfirmed = ~Exists(Confirmation.objects.filter(deed=OuterRef("pk")))
    unreversed = ~Exists(Deed.objects.filter(reverses=OuterRef("pk")))
    mine = Reach(communities=tuple(account.community_paths())).places()
    found = Deed.objects.filter(unconfirmed, unreversed, place__in=mine, reverses__isnull=True)
    found = found.exclude(recorded_by=account).exclude(source_room__in=("honors", "ratings"))
    return found.select_related("kind", "place", "organization", "person").order_by("occurred_to", "id")


def desk_items(account: Account) -> list[DeskItem]:
    if not may(account, "ledger.confirm_for_community"):
        return []
    return [
        DeskItem(
            room=_("事迹台账"),
            title=deed.told,
            detail=_("%(who)s 自报，等社区确认") % {"who": deed.organization or deed.person or deed.team},
            url=reverse("ledger:deed", args=[deed.pk]),
            action=_("确认"),
        )
        for deed in deeds_awaiting_confirmation(account)[:20]
    ]


def search_deeds(account: Any, words: str) -> list[Found]:
    """By a part of the statement, newest first; two characters at least."""
    if len(words.strip()) < 2:
        return []
    found = with_words(visible_deeds(account), words.strip()).order_by(*NEWEST_FIRST)[:8]
    return [Found(_("事迹"), d.told[:60], str(d.kind), reverse("ledger:deed", args=[d.pk])) for d in found]
