"""What is found on site: one form for one dimension of one candidate."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account
from gongjian.work.ratings.models import Assessment, Candidate, Round
from gongjian.work.ratings.scoring.blueprint import Dimension, Indicator, Kind
from gongjian.work.ratings.scoring.computing import Finding
from gongjian.work.ratings.services.rounds import hold

MOST_TIMES = 99


@transaction.atomic
def assess(
    actor: Account,
    *,
    candidate: Candidate,
    dimension: str,
    findings: Mapping[str, Finding],
    note: str = "",
    photos: Sequence[Any] = (),
    seen: int | None = None,
) -> Assessment:
    """Every indicator of the dimension that a person checks. `seen`: the number of the last assessment that was looked at;

    raises Conflict if somebody has been there since, Invalid for what is missing or cannot be.
    """
    require(actor, "ratings.assess", candidate)
    rated = hold(candidate.round, Round.State.ASSESSING)
    if candidate.left_at:
        raise Conflict(_("已经退出了，不用再查。"), code="left")
    checked = rated.version.blueprint.dimension(dimension)
    if checked is None or not checked.checked:
        raise Invalid(_("这个方面没有要人查的。"), code="dimension")
    check_findings(checked, findings)
    last = candidate.assessments.filter(dimension=dimension).aggregate(last=Max("number"))["last"] or 0
    if seen is not None and seen != last:
        raise Conflict(_("您填的时候别人也查了这个方面，请看过再决定要不要改。"), code="newer-assessment")
    assessment = Assessment(
        candidate=candidate,
        dimension=dimension,
        number=last + 1,
        findings={one.code: findings[one.code].as_json() for one in checked.checked},
        note=note.strip()[:500],
        assessed_at=clock.now(),
        assessed_by=actor,
    )
    _save(assessment)
    assessment.evidence.set([take_in_evidence(actor, file=photo, caption=f"{candidate}：{checked.name}") for photo in photos])
    audit.record(actor, "ratings.assess", candidate, dimension=dimension, number=assessment.number)
    return assessment


def _save(assessment: Assessment) -> None:
    try:
        with transaction.atomic():
            assessment.save()
    except IntegrityError as error:
        raise Conflict(_("别人刚查过这个方面，请看过再改。"), code="newer-assessment") from error


def check_findings(dimension: Dimension, findings: Mapping[str, Finding]) -> None:
    """Raises Invalid, naming the indicator."""
    for indicator in dimension.checked:
        finding = findings.get(indicator.code)
        if finding is None:
            raise Invalid(_("“%(name)s”还没有查。") % {"name": indicator.name}, code="missing", field=indicator.code)
        _check(indicator, finding)


def _check(indicator: Indicator, finding: Finding) -> None:
    words, count = {"name": indicator.name}, len(indicator.choices)
    if indicator.kind == Kind.GRADED and (finding.choice is None or not 0 <= finding.choice < count):
        raise Invalid(_("“%(name)s”要选一档。") % words, code="choice", field=indicator.code)
    if indicator.kind == Kind.ITEMIZED and (
        len(set(finding.met)) < len(finding.met) or any(not 0 <= number < count for number in finding.met)
    ):
        raise Invalid(_("“%(name)s”勾了没有的项。") % words, code="items", field=indicator.code)
    if indicator.kind == Kind.DEDUCTION and (
        len(finding.times) != count or any(not 0 <= times <= MOST_TIMES for times in finding.times)
    ):
        raise Invalid(_("“%(name)s”要写各出现几次，0 到 99。") % words, code="times", field=indicator.code)
    if indicator.kind == Kind.VETO and finding.vetoed and len(finding.why.strip()) < 2:
        raise Invalid(_("“%(name)s”要否决，请写明是哪一件。") % words, code="why", field=indicator.code)
