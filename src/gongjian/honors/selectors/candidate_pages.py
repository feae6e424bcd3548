"""What the pages about one candidate show, and the rows that their forms act on."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from gongjian.honors import scoring
from gongjian.honors.figures import Span
from gongjian.honors.models import Award, BodyOpinion, Campaign, Candidate, Category, ReviewLevel, Veto
from gongjian.honors.review_rules import obstacles, open_levels, suggested_conflict
from gongjian.honors.scoring import CandidateScore, ScoreLine
from gongjian.honors.selectors.candidates import current_statement, unbacked_numbers, visible_candidates
from gongjian.honors.warning_signs import signs
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.registry.models import Account

Row = TypeVar("Row")
About = TypeVar("About", Veto, BodyOpinion)


@dataclass(frozen=True)
class Passage:
    """A run of the statement; `unbacked` is a figure that no deed of the candidate carries."""

    text: str
    unbacked: bool


def passages(text: str, spans: list[Span]) -> list[Passage]:
    found, at = [], 0
    for span in spans:
        found += [Passage(text[at : span.start], unbacked=False), Passage(text[span.start : span.end], unbacked=True)]
        at = span.end
    return [passage for passage in [*found, Passage(text[at:], unbacked=False)] if passage.text]


def statement_check(candidate: Candidate, text: str) -> dict[str, Any]:
    """The text with its unbacked figures, and how much of the allowed length it takes."""
    spans = unbacked_numbers(candidate, text)
    most = candidate.campaign.statement_length
    return {
        "passages": passages(text, spans),
        "unbacked": spans,
        "length": len(text),
        "most": most,
        "left": most - len(text),
    }


def candidate_page(account: Account, candidate: Candidate) -> dict[str, Any]:
    """Everything beside the deeds. Scores and warning signs only for who may see them."""
    statement = current_statement(candidate)
    opinions = list(candidate.opinions.all())
    return {
        "candidate": candidate,
        "campaign": candidate.campaign,
        "statement": statement,
        "versions": candidate.statements.select_related("written_by"),
        "score": score_of(account, candidate),
        "signs": signs(candidate) if may(account, "honors.review", candidate) or may(account, "honors.view_scores") else [],
        "reviews": candidate.reviews.select_related("level", "reviewer"),
        "opinions": opinions,
        "vetoes": candidate.vetoes.select_related("set_by").order_by("-pk"),
        "declarations": candidate.declarations.select_related("account"),
        "obstacles": obstacles(candidate) if candidate.state == Candidate.State.NOMINATED else [],
        **_own_part(account, candidate),
        **statement_check(candidate, statement.text if statement else ""),
    }


def _own_part(account: Account, candidate: Candidate) -> dict[str, Any]:
    """What this reviewer has declared, should declare, and may say."""
    declared = candidate.declarations.filter(account=account).first()
    level = next(iter(open_levels(candidate)), None)
    in_review = candidate.campaign.state == Campaign.State.REVIEW and candidate.state == Candidate.State.NOMINATED
    free = in_review and level is not None and account.holds(level.role) and not (declared and declared.recused)
    return {
        "declared": declared,
        "suggestion": "" if declared else suggested_conflict(account, candidate),
        "turn": level if free and may(account, "honors.review", candidate) else None,
    }


def score_of(account: Account, candidate: Candidate) -> CandidateScore | None:
    """None for who may not see scores, and for a candidate who has withdrawn."""
    if not may(account, "honors.view_scores"):
        return None
    return next((one for one in scoring.score(candidate.campaign) if one.candidate.pk == candidate.pk), None)


def score_line(account: Account, candidate: Candidate, key: str) -> ScoreLine:
    """Raises Missing for a rule that gave this candidate nothing."""
    score = score_of(account, candidate)
    line = next((line for line in score.lines if line.rule.key == key), None) if score else None
    if line is None:
        raise Missing(_("这条规则没有给这个候选对象计分。"))
    return line


def level_in_turn(candidate: Candidate) -> ReviewLevel:
    """The lowest level that has not spoken; the last one when all have. Raises Missing for a campaign without levels."""
    level = next(iter(open_levels(candidate)), None) or candidate.campaign.levels.last()
    if level is None:
        raise Missing(_("这次评选没有设审核层级。"))
    return level


def get_category(pk: int) -> Category:
    """Raises Missing."""
    return _found(Category.objects.select_related("campaign").filter(pk=pk).first(), _("没有这个类别。"))


def get_award(pk: int) -> Award:
    """Raises Missing."""
    found = Award.objects.select_related("campaign", "candidate__organization", "candidate__person").filter(pk=pk).first()
    return _found(found, _("没有这个称号。"))


def get_veto(account: Account, pk: int) -> Veto:
    """Raises Missing, also for a candidate that `account` may not see."""
    found = _found(Veto.objects.select_related("candidate__campaign").filter(pk=pk).first(), _("没有这条否决。"))
    return _about_visible(account, found)


def get_opinion(account: Account, pk: int) -> BodyOpinion:
    """Raises Missing, also for a candidate that `account` may not see."""
    found = BodyOpinion.objects.select_related("candidate__campaign", "candidate__organization", "candidate__person")
    return _about_visible(account, _found(found.filter(pk=pk).first(), _("没有这份征求意见。")))


def _about_visible(account: Account, row: About) -> About:
    if not visible_candidates(account, row.candidate.campaign).filter(pk=row.candidate_id).exists():
        raise Missing(_("没有这个候选对象。"))
    return row


def _found(row: Row | None, sentence: str) -> Row:
    if row is None:
        raise Missing(sentence)
    return row
