"""From agreed to done: the organization starts and reports, the beneficiary accepts and rates."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account
from gongjian.work.cobuilding.deeds import record
from gongjian.work.cobuilding.models import Claim, ClaimEvidence, ClaimStep, Satisfaction, State
from gongjian.work.cobuilding.services.checks import check_quantity, checked_words
from gongjian.work.cobuilding.services.claims import mark_lapsed
from gongjian.work.cobuilding.services.stepping import keep, locked, moving, note, tell_beneficiary, tell_giver

Kind = ClaimStep.Kind
ANSWER_WITHIN = timedelta(days=14)
"""An unanswered proposal lapses after this."""
RATE_WITHIN = timedelta(days=14)
"""What was accepted is put away after this, rated or not."""


@transaction.atomic
def start(actor: Account, *, claim: Claim, words: str = "") -> Claim:
    require(actor, "cobuilding.give", claim)
    claim = locked(claim)
    with moving():
        claim.start()
    keep(claim)
    note(actor, claim, Kind.STARTED, words)
    return claim


@transaction.atomic
def report(actor: Account, *, claim: Claim, words: str = "", photos: Sequence[Any] = ()) -> Claim:
    """The organization says that it is there. The beneficiary looks."""
    require(actor, "cobuilding.give", claim)
    claim = locked(claim)
    _check_carried_out(claim)
    if claim.reported_by_id:
        raise Conflict(_("已经请社区验收了。"), code="reported")
    _attach(claim, take_in_files(actor, files=photos))
    claim.reported_by = actor
    keep(claim)
    note(actor, claim, Kind.REPORTED, words)
    tell_beneficiary(claim, "cobuilding.reported")
    return claim


@transaction.atomic
def send_back(actor: Account, *, claim: Claim, reason: str) -> Claim:
    """The beneficiary looked and found it otherwise."""
    require(actor, "cobuilding.accept", claim)
    claim = locked(claim)
    _check_carried_out(claim)
    if not claim.reported_by_id:
        raise Conflict(_("单位还没有说办到了。"), code="not-reported")
    reason = checked_words(reason, field="reason", sentence=_("请写明哪里没办到。"))
    claim.reported_by = None
    keep(claim)
    note(actor, claim, Kind.SENT_BACK, reason)
    tell_giver(claim, "cobuilding.sent_back")
    return claim


@transaction.atomic
def accept(
    actor: Account,
    *,
    claim: Claim,
    delivered: Decimal,
    words: str = "",
    receipt_number: str = "",
    photos: Sequence[Any] = (),
) -> Claim:
    """The beneficiary has it; the deed is recorded; what did not come is free again. Raises Invalid beyond what was agreed.

    `receipt_number`: it came as a donation that the register has recorded already, so no second deed is written.
    """
    require(actor, "cobuilding.accept", claim)
    claim = locked(claim)
    check_quantity(delivered, claim.unit, field="delivered")
    if delivered > claim.quantity:
        sentence = _("说好的是 %(amount)s，实收不能更多；多出来的请另立一项。") % {"amount": claim.amount}
        raise Invalid(sentence, code="beyond", field="delivered")
    with moving():
        claim.accept()
    claim.delivered, claim.receipt_number = delivered, receipt_number.strip()[:40]
    _attach(claim, take_in_files(actor, files=photos))
    keep(claim)
    note(actor, claim, Kind.ACCEPTED, words)
    if not claim.receipt_number:
        record(actor, claim)
    tell_giver(claim, "cobuilding.accepted")
    return claim


@transaction.atomic
def rate(actor: Account, *, claim: Claim, satisfaction: str, words: str = "") -> Claim:
    require(actor, "cobuilding.accept", claim)
    if satisfaction not in Satisfaction.values:
        raise Invalid(_("请选满意、基本满意或不满意。"), code="satisfaction", field="satisfaction")
    claim = locked(claim)
    with moving():
        claim.rate()
    claim.satisfaction = satisfaction
    keep(claim)
    note(actor, claim, Kind.RATED, words)
    return claim


@transaction.atomic
def finish(actor: Account, *, claim: Claim) -> Claim:
    """Put away once it was rated; what was never rated is put away by itself in time."""
    require(actor, "cobuilding.finish", claim)
    claim = locked(claim)
    if claim.state != State.RATED:
        raise Conflict(_("先由社区评价，再办结。"), code="not-rated")
    return _finish(actor, claim)


@transaction.atomic
def put_away_old() -> int:
    """Every night: unanswered proposals lapse, accepted claims are done. Returns how many moved."""
    now = clock.now()
    unanswered = Claim.objects.filter(state=State.PROPOSED, moved_at__lt=now - ANSWER_WITHIN)
    received = Claim.objects.filter(state__in=[State.ACCEPTED, State.RATED], moved_at__lt=now - RATE_WITHIN)
    moved = [mark_lapsed(None, locked(claim), _("两周没有回音")) for claim in unanswered]
    moved += [_finish(None, locked(claim)) for claim in received]
    return len(moved)


def _finish(actor: Account | None, claim: Claim) -> Claim:
    with moving():
        claim.finish()
    keep(claim)
    note(actor, claim, Kind.FINISHED)
    return claim


def _attach(claim: Claim, evidence: list[Evidence]) -> None:
    links = [ClaimEvidence(claim=claim, evidence=item) for item in evidence]
    ClaimEvidence.objects.bulk_create(links, ignore_conflicts=True)


def _check_carried_out(claim: Claim) -> None:
    if claim.state not in (State.AGREED, State.UNDER_WAY):
        raise Conflict(_("这个项目已经走到另一步了，请刷新后再看。"), code="wrong-state")
