"""Reviews, declared conflicts, and what other bodies say."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.honors import review_rules
from gongjian.honors.models import BodyOpinion, Campaign, Candidate, ConflictDeclaration, Review, ReviewLevel
from gongjian.honors.models.campaigns import Body
from gongjian.honors.services.steps import UNDER_WAY, hold, said
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


@transaction.atomic
def declare_conflict(actor: Account, *, candidate: Candidate, recused: bool, reason: str) -> ConflictDeclaration:
    """Recuse oneself, or say why one need not. Said once; a nominated person can only recuse."""
    require(actor, "honors.review", candidate)
    hold(candidate.campaign, *UNDER_WAY)
    if not recused and review_rules.is_candidate(actor, candidate):
        raise Invalid(_("候选人是您本人，只能回避。"), code="own-candidacy", field="recused")
    declaration = ConflictDeclaration(
        candidate=candidate,
        account=actor,
        recused=recused,
        reason=said(reason, _("请写明关系或者理由。"), field="reason"),
        declared_at=clock.now(),
    )
    try:
        with transaction.atomic():
            declaration.save()
    except IntegrityError as error:
        raise Conflict(_("您已经申报过了。"), code="declared") from error
    audit.record(actor, "honors.declare_conflict", candidate, recused=recused)
    return declaration


@transaction.atomic
def give_review(actor: Account, *, candidate: Candidate, level: ReviewLevel, recommendation: str, words: str) -> Review:
    """Raises Conflict for a recused reviewer, a level out of turn, or a second opinion of the same reviewer."""
    require(actor, "honors.review", candidate)
    hold(candidate.campaign, Campaign.State.REVIEW)
    if candidate.state != Candidate.State.NOMINATED or level.campaign_id != candidate.campaign_id:
        raise Conflict(_("这个候选对象已不在审核中。"), code="not-in-review")
    review_rules.check_reviewer(actor, candidate, level)
    review_rules.check_turn(candidate, level)
    review = Review(
        candidate=candidate,
        level=level,
        reviewer=actor,
        recommendation=recommendation,
        words=said(words, _("请写明理由。"), field="words"),
        given_at=clock.now(),
    )
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError as error:
        raise Conflict(_("您在这一级已经给过意见了。"), code="reviewed") from error
    audit.record(actor, "honors.give_review", candidate, level=level.order, recommendation=recommendation)
    return review


@transaction.atomic
def request_opinions(actor: Account, *, candidate: Candidate, bodies: list[str] | None = None) -> list[BodyOpinion]:
    """Ask the bodies that the category requires, or those named. Who was asked before is not asked again."""
    require(actor, "honors.manage", candidate)
    hold(candidate.campaign, *UNDER_WAY)
    wanted = review_rules.required_bodies(candidate) if bodies is None else [Body(body).value for body in bodies]
    BodyOpinion.objects.bulk_create(
        [BodyOpinion(candidate=candidate, body=body, requested_at=clock.now(), requested_by=actor) for body in wanted],
        ignore_conflicts=True,
    )
    audit.record(actor, "honors.request_opinions", candidate, bodies=wanted)
    return list(BodyOpinion.objects.filter(candidate=candidate))


@transaction.atomic
def record_opinion(
    actor: Account, *, opinion: BodyOpinion, answer: str, answered_on: date, document_number: str = "", words: str = ""
) -> BodyOpinion:
    """What the body answered; a later answer of the same body replaces an earlier one, and the log keeps both."""
    require(actor, "honors.manage", opinion.candidate)
    hold(opinion.candidate.campaign, *UNDER_WAY)
    if answer not in BodyOpinion.Answer.values or answer == BodyOpinion.Answer.WAITING:
        raise Invalid(_("请选对方的答复。"), code="answer", field="answer")
    if answered_on > clock.today():
        raise Invalid(_("答复日期在今天之后。"), code="in-future", field="answered_on")
    if answer == BodyOpinion.Answer.OBJECT:
        said(words, _("对方不同意，请写明原因。"), field="words")
    before = opinion.answer
    opinion.answer, opinion.answered_on = answer, answered_on
    opinion.document_number, opinion.words = document_number.strip(), words.strip()
    opinion.save()
    audit.record(actor, "honors.record_opinion", opinion.candidate, body=opinion.body, before=before, answer=answer)
    return opinion
