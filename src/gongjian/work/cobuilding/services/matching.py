"""Letting pairs be suggested, taking one up, putting one aside. Suggestions commit nobody; claims that both sides agreed do."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import may, require
from gongjian.registry.models import Account
from gongjian.work.cobuilding.matching.facts import Plan, Record, Task
from gongjian.work.cobuilding.matching.reasons import why_not
from gongjian.work.cobuilding.matching.solving import solve
from gongjian.work.cobuilding.models import Claim, Dismissal, MatchingPolicy, MatchingRun, Suggestion, Unmatched
from gongjian.work.cobuilding.selectors.matching import policy
from gongjian.work.cobuilding.selectors.open_listings import HUNDREDTHS, task_of
from gongjian.work.cobuilding.services.checks import checked_words
from gongjian.work.cobuilding.services.claims import claim_pair

State = MatchingRun.State
GIVEN_UP_AFTER = timedelta(minutes=10)
"""A run that waits longer was lost with its worker."""
WEIGHTS = ("words", "nearness", "record", "fairness")


@transaction.atomic
def ask_for_matching(actor: Account) -> MatchingRun:
    """All open needs and offers of the office, by a job. Raises Conflict while another run is waiting."""
    require(actor, "cobuilding.match")
    lost = MatchingRun.objects.filter(state=State.WAITING, asked_at__lt=clock.now() - GIVEN_UP_AFTER)
    lost.update(state=State.FAILED)
    rules = policy(actor)
    weights = {name: getattr(rules, name) for name in WEIGHTS}
    run = MatchingRun(office=actor.office, asked_by=actor, asked_at=clock.now(), **weights)
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        raise Conflict(_("正在配对，请稍等。"), code="running") from error
    audit.record(actor, "cobuilding.match", run)
    _defer(run)
    return run


def _defer(run: MatchingRun) -> None:
    from gongjian.work.cobuilding.tasks import match

    match.defer(office=run.office_id, run=run.pk)


def carry_out(run: MatchingRun) -> MatchingRun:
    """Reads, solves, writes. A run that was carried out before stays as it is."""
    run = MatchingRun.objects.get(pk=run.pk)
    if run.state != State.WAITING:
        return run
    task = task_of(run)
    plan = solve(task)
    with transaction.atomic():
        run = MatchingRun.objects.select_for_update().get(pk=run.pk)
        if run.state == State.WAITING:
            _write(run, task, plan)
    return run


def _write(run: MatchingRun, task: Task, plan: Plan) -> None:
    given = Counter[int]()
    for one in plan.chosen:
        given[one.pair.need] += one.quantity
    Suggestion.objects.bulk_create(_suggestions(run, task, plan))
    Unmatched.objects.bulk_create(
        Unmatched(
            run=run,
            need_id=need.key,
            missing=Decimal(need.left - given[need.key]) / HUNDREDTHS,
            fitting=plan.fitting[need.key],
            reasons=dict(why_not(need, task.offers, task.vetoed)) if not plan.fitting[need.key] else {},
        )
        for need in task.needs
        if given[need.key] < need.left
    )
    run.needs, run.offers, run.pairs = len(task.needs), len(task.offers), plan.pairs
    run.gap = Decimal(round(plan.gap * 10_000)) / 100
    run.over_greedy = Decimal(plan.total * 1000 // plan.greedy_total) / 1000 if plan.greedy_total > 0 else Decimal(1)
    run.state, run.finished_at = State.DONE, clock.now()
    run.save()


def _suggestions(run: MatchingRun, task: Task, plan: Plan) -> list[Suggestion]:
    newcomer = Record()
    return [
        Suggestion(
            run=run,
            need_id=one.pair.need,
            offer_id=one.pair.offer,
            quantity=Decimal(one.quantity) / HUNDREDTHS,
            score=one.pair.score,
            words=one.pair.words,
            nearness=one.pair.nearness,
            record=one.pair.record,
            meters=one.pair.meters,
            kept=task.records.get(one.pair.organization, newcomer).kept,
            lapsed=task.records.get(one.pair.organization, newcomer).lapsed,
        )
        for one in plan.chosen
    ]


@transaction.atomic
def change_weights(actor: Account, *, words: int, nearness: int, record: int, fairness: int) -> MatchingPolicy:
    """From the next run on. Raises Invalid outside 0 to 100, or if nothing is to count."""
    require(actor, "cobuilding.match")
    given = {"words": words, "nearness": nearness, "record": record, "fairness": fairness}
    for name, weight in given.items():
        if not 0 <= weight <= 100:
            raise Invalid(_("请写 0 到 100。"), code="weight", field=name)
    if not words + nearness + record:
        raise Invalid(_("三样里至少有一样要算数。"), code="weights", field="words")
    rules, _created = MatchingPolicy.objects.update_or_create(office=actor.office, defaults=given)
    audit.record(actor, "cobuilding.change_weights", rules, **given)
    return rules


@transaction.atomic
def take_suggestion(
    actor: Account, *, suggestion: Suggestion, quantity: Decimal, due_on: date | None = None, words: str = ""
) -> Claim:
    """Proposes the claim, with whatever quantity the person wants. Raises Conflict if it was taken up before."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.claim_id:
        raise Conflict(_("这条建议已经有人用了。"), code="taken")
    claim = claim_pair(actor, need=suggestion.need, offer=suggestion.offer, quantity=quantity, due_on=due_on, words=words)
    suggestion.claim = claim
    suggestion.save(update_fields=["claim"])
    return claim


@transaction.atomic
def dismiss_suggestion(actor: Account, *, suggestion: Suggestion, reason: str) -> Dismissal:
    """By either side or the office; later runs leave the pair out."""
    if not may(actor, "cobuilding.post_need", suggestion.need):
        require(actor, "cobuilding.post_offer", suggestion.offer)
    reason = checked_words(reason, field="reason", sentence=_("请写明为什么不合适，下次就不再这样配。"))[:200]
    dismissal, _created = Dismissal.objects.get_or_create(
        need=suggestion.need,
        offer=suggestion.offer,
        defaults={"office": actor.office, "reason": reason, "by": actor, "at": clock.now()},
    )
    audit.record(actor, "cobuilding.dismiss", suggestion)
    return dismissal
