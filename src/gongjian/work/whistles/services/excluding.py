"""Leaving a whistle out of the rates (剔除): one asks, another agrees first, a third decides."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Exclusion, Whistle
from gongjian.work.whistles.services.checks import checked_words

State = Exclusion.State
MOST_WORDS, MOST_ANSWER = 1000, 500


@transaction.atomic
def ask_exclusion(actor: Account, *, whistle: Whistle, reason: str, words: str, evidence: Sequence[Any] = ()) -> Exclusion:
    """`evidence` are uploaded files. Raises Conflict while another application is open or was granted."""
    require(actor, "whistles.ask_exclusion", whistle)
    if reason not in Exclusion.Reason.values:
        raise Invalid(_("请选一条理由。"), code="reason", field="reason")
    said = checked_words(words, field="words", sentence=_("请写明依据：什么事实、哪条规定、有什么材料。"))
    if whistle.blown_at is None:
        raise Conflict(_("还没有吹哨的，不计入三率，不用剔除。"), code="wrong-state")
    asked = Exclusion(whistle=whistle, reason=reason, words=said[:MOST_WORDS], asked_by=actor, asked_at=clock.now())
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError as error:
        raise Conflict(_("这件已经申请过剔除：在办，或者已经同意。"), code="asked") from error
    asked.evidence.set(take_in_files(actor, files=evidence))
    audit.record(actor, "whistles.ask_exclusion", whistle, exclusion=asked.pk, reason=reason)
    return asked


@transaction.atomic
def decide_exclusion_first(actor: Account, *, exclusion: Exclusion, agreed: bool, words: str) -> Exclusion:
    """By somebody else than who asked."""
    require(actor, "whistles.decide_exclusion", exclusion)
    exclusion, said = _locked(exclusion, State.ASKED), _answer(words)
    exclusion.first_by, exclusion.first_at, exclusion.first_words = actor, clock.now(), said
    exclusion.state = State.FIRST_AGREED if agreed else State.REFUSED
    return _keep(actor, exclusion, "whistles.decide_exclusion")


@transaction.atomic
def decide_exclusion_finally(actor: Account, *, exclusion: Exclusion, agreed: bool, words: str) -> Exclusion:
    """By a third person."""
    require(actor, "whistles.decide_exclusion_finally", exclusion)
    exclusion, said = _locked(exclusion, State.FIRST_AGREED), _answer(words)
    exclusion.final_by, exclusion.final_at, exclusion.final_words = actor, clock.now(), said
    exclusion.state = State.EXCLUDED if agreed else State.REFUSED
    return _keep(actor, exclusion, "whistles.decide_exclusion_finally")


def _locked(exclusion: Exclusion, state: str) -> Exclusion:
    found: Exclusion = Exclusion.objects.select_for_update(of=("self",)).select_related("whistle").get(pk=exclusion.pk)
    if found.state != state:
        sentence = _("现在是“%(state)s”，这一步已经办过了。请刷新看看。") % {"state": found.get_state_display()}
        raise Conflict(sentence, code="wrong-state")
    return found


def _answer(words: str) -> str:
    return checked_words(words, field="words", sentence=_("请写明意见和理由。"))[:MOST_ANSWER]


def _keep(actor: Account, exclusion: Exclusion, action: str) -> Exclusion:
    exclusion.save()
    audit.record(actor, action, exclusion.whistle, exclusion=exclusion.pk, state=exclusion.state)
    return exclusion
