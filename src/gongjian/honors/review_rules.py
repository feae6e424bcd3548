"""Who may review whom, in which order, and what must have been heard before a candidate can be chosen."""

from django.utils.translation import gettext as _

from gongjian.honors.models import BodyOpinion, Candidate, ConflictDeclaration, ReviewLevel
from gongjian.honors.models.campaigns import Body
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.models import Account, Role


def is_candidate(account: Account, candidate: Candidate) -> bool:
    return account.person_id is not None and account.person_id == candidate.person_id


def suggested_conflict(account: Account, candidate: Candidate) -> str:
    """Why this account should probably recuse itself, in words; empty if nothing speaks for it."""
    if is_candidate(account, candidate):
        return _("候选人是您本人。")
    unit = candidate.unit
    if unit and unit.pk in account.organization_ids():
        return _("您是“%(unit)s”的联络员。") % {"unit": unit}
    if unit and account.person and account.person.organization_id == unit.pk:
        return _("您在“%(unit)s”工作。") % {"unit": unit}
    return ""


def check_reviewer(account: Account, candidate: Candidate, level: ReviewLevel) -> None:
    """Raises NotAllowed for another role, Conflict for a recused reviewer, Invalid while a likely conflict is undeclared."""
    if not account.holds(level.role):
        raise NotAllowed(_("“%(level)s”由%(role)s办。") % {"level": level, "role": Role(level.role).label}, code="level")
    declared = ConflictDeclaration.objects.filter(candidate=candidate, account=account).first()
    if declared and declared.recused:
        raise Conflict(_("您已申报回避，不参加对“%(name)s”的审核。") % {"name": candidate}, code="recused")
    suggestion = suggested_conflict(account, candidate)
    if suggestion and not declared:
        raise Invalid(_("%(why)s请先申报回避，或者说明为什么不必回避。") % {"why": suggestion}, code="conflict-undeclared")


def levels_for(candidate: Candidate) -> list[ReviewLevel]:
    """The levels that this candidate passes; one that sits in no community has no community level."""
    levels = candidate.campaign.levels.all()
    return [level for level in levels if candidate.community or level.role != Role.COMMUNITY_WORKER]


def open_levels(candidate: Candidate) -> list[ReviewLevel]:
    """Those where nobody has spoken yet, in order."""
    spoken = {review.level_id for review in candidate.reviews.all()}
    return [level for level in levels_for(candidate) if level.pk not in spoken]


def check_turn(candidate: Candidate, level: ReviewLevel) -> None:
    """Level by level (逐级): raises Conflict while a lower one has not spoken."""
    lower = [earlier for earlier in open_levels(candidate) if earlier.order < level.order]
    if lower:
        raise Conflict(_("要先由“%(level)s”给出意见。") % {"level": lower[0]}, code="out-of-turn")


def required_bodies(candidate: Candidate) -> list[str]:
    """By category; of enterprises more; of county-level and higher persons also the organization department."""
    wanted = list(candidate.category.opinions)
    if candidate.is_enterprise:
        wanted += candidate.category.enterprise_opinions
    if candidate.person_id and candidate.is_county_level:
        wanted.append(Body.ORGANIZATION.value)
    return list(dict.fromkeys(wanted))


def obstacles(candidate: Candidate) -> list[str]:
    """What still stands between a candidate and the shortlist, in sentences; empty if nothing does."""
    found = [_("“%(level)s”还没有意见。") % {"level": level} for level in open_levels(candidate)]
    answers = {opinion.body: opinion.answer for opinion in candidate.opinions.all()}
    for body in dict.fromkeys([*required_bodies(candidate), *answers]):
        answer, name = answers.get(body), Body(body).label
        if answer is None:
            found.append(_("还没有征求%(body)s的意见。") % {"body": name})
        elif answer == BodyOpinion.Answer.WAITING:
            found.append(_("%(body)s还没有答复。") % {"body": name})
        elif answer == BodyOpinion.Answer.OBJECT:
            found.append(_("%(body)s不同意。") % {"body": name})
    if not candidate.statements.all():
        found.append(_("还没有事迹材料。"))
    return found
