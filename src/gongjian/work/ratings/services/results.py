"""Computing the results, looking at them a second time, and sending them back."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.ratings.models import Candidate, Result, Review, Round
from gongjian.work.ratings.scoring.sheets import Sheet, as_json, sheets
from gongjian.work.ratings.services.noticing import take_down
from gongjian.work.ratings.services.rounds import hold
from gongjian.work.ratings.services.words import said


@transaction.atomic
def compute_results(actor: Account, *, rated: Round) -> list[Result]:
    """From the ledger as it is now and the newest assessments. Raises Invalid while something is unchecked, and says what."""
    require(actor, "ratings.manage")
    rated = hold(rated, Round.State.ASSESSING)
    if rated.period_to > clock.today():
        raise Invalid(_("评定期到 %(day)s 才结束，那以后再算。") % {"day": f"{rated.period_to:%Y-%m-%d}"}, code="period-open")
    computed = sheets(rated)
    if not computed:
        raise Invalid(_("还没有参评的，先报名。"), code="nobody")
    _check_complete(computed)
    rated.run += 1
    rated.submit()
    rated.returned_because = ""
    rated.save()
    results = Result.objects.bulk_create([_result(rated, sheet) for sheet in computed])
    audit.record(actor, "ratings.compute_results", rated, run=rated.run)
    return results


def _check_complete(computed: Sequence[Sheet]) -> None:
    missing = [(sheet.candidate, line.name) for sheet in computed for line in sheet.score.missing]
    if missing:
        (who, what), rest = missing[0], len(missing) - 1
        words = {"who": who, "what": what, "n": rest}
        sentence = _("“%(who)s”的“%(what)s”还没有查，另外还有 %(n)d 项。") if rest else _("“%(who)s”的“%(what)s”还没有查。")
        raise Invalid(sentence % words, code="unchecked")


def _result(rated: Round, sheet: Sheet) -> Result:
    return Result(
        candidate=sheet.candidate,
        run=rated.run,
        content=as_json(sheet),
        total=sheet.score.total,
        stars=sheet.rank.stars,
        place=sheet.rank.place,
        vetoed=sheet.rank.vetoed,
        computed_at=clock.now(),
    )


@transaction.atomic
def review(actor: Account, *, candidate: Candidate, agreed: bool, words: str = "") -> Review:
    """Raises NotAllowed for whoever assessed the candidate or belongs to it, Conflict if it was reviewed already."""
    require(actor, "ratings.review", candidate)
    rated = hold(candidate.round, Round.State.REVIEW)
    check_reviewer(actor, candidate)
    if not agreed:
        said(words, _("不同意的话，请写明哪里不对。"), field="words", most=300)
    found = Result.objects.get(candidate=candidate, run=rated.run)
    made = Review(result=found, agreed=agreed, words=words.strip(), reviewed_at=clock.now(), reviewer=actor)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict(_("已经有人复核过了。"), code="reviewed") from error
    audit.record(actor, "ratings.review", candidate, agreed=agreed)
    return made


@transaction.atomic
def review_all(actor: Account, *, rated: Round) -> int:
    """Agree to every result that still waits and that the account may review; returns how many."""
    require(actor, "ratings.review")
    rated = hold(rated, Round.State.REVIEW)
    waiting = Result.objects.filter(candidate__round=rated, run=rated.run, review__isnull=True)
    candidates = [result.candidate for result in waiting.select_related("candidate__organization", "candidate__place")]
    assessed = set(
        Candidate.objects.filter(round=rated, assessments__assessed_by=actor).values_list("pk", flat=True).distinct()
    )
    free = [one for one in candidates if one.pk not in assessed and not _belongs(actor, one)]
    for candidate in free:
        review(actor, candidate=candidate, agreed=True)
    if not free:
        raise Conflict(_("没有您能复核的：查过的、自己单位的，要由别人复核。"), code="nothing-to-review")
    return len(free)


def check_reviewer(actor: Account, candidate: Candidate) -> None:
    """Recusal: nobody reviews what they assessed, or where they belong."""
    if candidate.assessments.filter(assessed_by=actor).exists():
        raise NotAllowed(_("“%(name)s”是您查的，要由别人复核。") % {"name": candidate}, code="own-assessment")
    if _belongs(actor, candidate):
        raise NotAllowed(_("“%(name)s”是您自己的单位，请回避。") % {"name": candidate}, code="own-unit")


def _belongs(actor: Account, candidate: Candidate) -> bool:
    own = actor.organization_ids()
    working = actor.person.organization_id if actor.person else None
    return any(one is not None and (one in own or one == working) for one in (candidate.organization_id, candidate.credited_id))


@transaction.atomic
def send_back(actor: Account, *, rated: Round, reason: str) -> Round:
    """Back to the site: what was computed stays on file, and is computed, reviewed and hung out again."""
    require(actor, "ratings.send_back")
    rated = hold(rated, Round.State.REVIEW, Round.State.NOTICE)
    rated.returned_because = said(reason, _("请写明要重查什么。"), field="reason", most=300)
    rated.send_back()
    rated.save()
    take_down(rated)
    audit.record(actor, "ratings.send_back", rated, reason=rated.returned_because)
    return rated
