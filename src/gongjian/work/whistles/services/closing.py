"""Putting a whistle away, with the deeds that it leaves; and taking it out again."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.ledger.models import DeedKind
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Place
from gongjian.work.whistles.models import Dispatch, Happening, Whistle
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import keep, locked, moving, note
from gongjian.work.whistles.services.intake import recall_all
from gongjian.work.whistles.services.telling import tell_office

Kind = Happening.Kind
ANSWERED = (Dispatch.Outcome.SOLVED, Dispatch.Outcome.PARTLY)
"""A real answer. What was merely explained leaves no deed."""
PARTS = {"lead": "牵头", "support": "配合"}
OUTCOMES = {"solved": "已解决", "partly": "部分解决"}
"""What goes into the ledger is Chinese, whatever language the clerk reads just now."""


@transaction.atomic
def close(actor: Account, *, whistle: Whistle, words: str = "") -> Whistle:
    """After the resident's rating, or once the days for it have passed. A deed for each organization that answered."""
    require(actor, "whistles.close", whistle)
    whistle = locked(whistle)
    if whistle.state == State.VERIFIED and not _waited_long_enough(whistle):
        days = policy().rate_within_days
        raise Conflict(_("居民还没有评价：核实后等满 %(days)s 天，或电话回访后，再销哨。") % {"days": days}, code="not-rated")
    with moving(whistle):
        whistle.close()
    happened = note(actor, whistle, Kind.CLOSED, words=words, public=True)
    whistle.closed_at = happened.at
    keep(whistle)
    for sent in whistle.dispatches.filter(state=Dispatch.State.REPORTED).select_related("organization"):
        if sent.outcome in ANSWERED:
            _record(actor, whistle, sent)
    return whistle


def _waited_long_enough(whistle: Whistle) -> bool:
    verified = whistle.happenings.filter(kind=Kind.VERIFIED, round=whistle.round).last()
    return verified is not None and clock.now() - verified.at >= timedelta(days=policy().rate_within_days)


def _record(actor: Account, whistle: Whistle, sent: Dispatch) -> None:
    """A deed tells what kind of thing was done where, never what the resident said or who it was."""
    began, ended = (timezone.localtime(at).date() for at in (sent.sent_at, sent.reported_at or clock.now()))
    record_deed(
        actor,
        kind=DeedKind.objects.get(code="whistle-answered"),
        place=whistle.place or _whole_office(),
        organization=sent.organization,
        statement=f"{PARTS[sent.part]}办理居民反映的“{whistle.category}”{{数}}，{OUTCOMES[sent.outcome]}。",
        quantity=Decimal(1),
        occurred_from=began,
        occurred_to=ended,
        evidence=[photo.evidence for photo in whistle.photos.filter(moment="after").select_related("evidence")],
        source=DeedSource("whistles", f"{whistle.pk}:{whistle.round}:{sent.organization_id}"),
    )


def _whole_office() -> Place:
    return Place.objects.get(level=Place.Level.SUBDISTRICT)


@transaction.atomic
def reopen(actor: Account, *, whistle: Whistle, reason: str) -> Whistle:
    """Closed too early. Another round with clocks of its own; what was counted before stays as it was."""
    require(actor, "whistles.reopen", whistle)
    words = checked_words(reason, field="reason", sentence=_("请写明为什么要重新办理。"))
    whistle = locked(whistle)
    with moving(whistle):
        whistle.reopen()
    recall_all(whistle)
    whistle.closed_at = whistle.solved = whistle.lead = None
    whistle.satisfaction, whistle.round = "", whistle.round + 1
    note(actor, whistle, Kind.REOPENED, words=words, public=True)
    tell_office(whistle, "whistles.reopened")
    return keep(whistle)
