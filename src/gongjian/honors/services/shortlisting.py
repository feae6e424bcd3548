"""The collective decision on who is to be commended."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.honors import scoring
from gongjian.honors.models import Campaign, Candidate, Category, RuleSetVersion, Shortlist
from gongjian.honors.review_rules import obstacles
from gongjian.honors.scoring import CandidateScore
from gongjian.honors.services.steps import hold, said
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


@transaction.atomic
def decide_shortlist(
    actor: Account,
    *,
    campaign: Campaign,
    chosen: Sequence[Candidate],
    held_on: date,
    votes_for: int,
    votes_against: int,
    abstentions: int,
    minutes: str,
) -> Shortlist:
    """The meeting chose `chosen`; everyone else is passed over. Scores and rules are kept as the meeting saw them.

    Raises Conflict if it was decided before or somebody chosen may not be; Invalid for quotas, votes and dates.
    """
    require(actor, "honors.shortlist", campaign)
    campaign = hold(campaign, Campaign.State.REVIEW)
    participants = _check_meeting(held_on, votes_for, votes_against, abstentions)
    standing = {c.pk: c for c in scoring.scores.standing(campaign) if c.state == Candidate.State.NOMINATED}
    selected = [standing[pk] for pk in dict.fromkeys(c.pk for c in chosen) if pk in standing]
    if len(selected) != len({c.pk for c in chosen}) or not selected:
        raise Invalid(_("请从还在审核中的候选对象里选。"), code="chosen", field="chosen")
    check_quotas(campaign, selected)
    scores = _counted_scores(campaign)
    _check_free(selected, scores)
    shortlist = Shortlist.objects.create(
        campaign=campaign,
        held_on=held_on,
        participants=participants,
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        minutes=said(minutes, _("请写会议记录。"), field="minutes", least=4),
        rule_set=RuleSetVersion.objects.filter(campaign=campaign)[0],
        scores=[one.as_json() for one in scores],
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    _move(campaign, standing, {c.pk for c in selected})
    audit.record(actor, "honors.decide_shortlist", campaign, chosen=[c.pk for c in selected])
    return shortlist


def _check_meeting(held_on: date, votes_for: int, votes_against: int, abstentions: int) -> int:
    if held_on > clock.today():
        raise Invalid(_("会议还没有开：日期在今天之后。"), code="in-future", field="held_on")
    if min(votes_for, votes_against, abstentions) < 0:
        raise Invalid(_("票数不能是负数。"), code="votes", field="votes_for")
    participants = votes_for + votes_against + abstentions
    if participants < 3:
        raise Invalid(_("集体研究至少三人到会。"), code="too-few", field="votes_for")
    if votes_for * 2 <= participants:
        raise Invalid(_("赞成票没有过半数，不能定。"), code="no-majority", field="votes_for")
    return participants


def check_quotas(campaign: Campaign, chosen: Sequence[Candidate]) -> None:
    """Raises Invalid for too many in a category, in a kind, or of county level among the individuals."""
    per_category = Counter(c.category_id for c in chosen)
    for category in campaign.categories.all():
        if per_category[category.pk] > category.quota:
            raise Invalid(
                _("“%(name)s”名额 %(quota)d 个，选了 %(n)d 个。")
                % {"name": category, "quota": category.quota, "n": per_category[category.pk]},
                code="over-quota",
                field="chosen",
            )
    people = [c for c in chosen if not c.category.is_for_organizations]
    _check_total(Category.Kind.ORGANIZATIONS.label, len(chosen) - len(people), campaign.most_organizations)
    _check_total(Category.Kind.INDIVIDUALS.label, len(people), campaign.most_individuals)
    county = sum(c.is_county_level for c in people)
    if county * 100 > campaign.most_county_percent * len(people):
        raise Invalid(
            _("县处级以上 %(n)d 人，超过个人总数的 %(percent)d%%。") % {"n": county, "percent": campaign.most_county_percent},
            code="county-share",
            field="chosen",
        )


def _check_total(kind: object, chosen: int, most: int) -> None:
    if chosen > most:
        raise Invalid(
            _("%(kind)s共选了 %(n)d 个，上限 %(most)d 个。") % {"kind": kind, "n": chosen, "most": most},
            code="over-limit",
            field="chosen",
        )


def _counted_scores(campaign: Campaign) -> list[CandidateScore]:
    """Summed from the deeds themselves; tallies that say otherwise stop the decision."""
    counted = scoring.score(campaign, recount=True)
    if [one.as_json() for one in counted] != [one.as_json() for one in scoring.score(campaign)]:
        raise Conflict(_("月度合计与事迹逐条汇总不一致，请先核验台账（gongjian ledger verify）。"), code="tally-differs")
    return counted


def _check_free(selected: Sequence[Candidate], scores: Sequence[CandidateScore]) -> None:
    vetoes = {one.candidate.pk: one.vetoes for one in scores}
    for candidate in selected:
        standing_against = [*vetoes.get(candidate.pk, []), *obstacles(candidate)]
        if standing_against:
            raise Conflict(
                _("“%(name)s”还不能定：%(why)s") % {"name": candidate.name, "why": standing_against[0]},
                code="obstacle",
                field="chosen",
            )


def _move(campaign: Campaign, standing: dict[int, Candidate], selected: set[int]) -> None:
    for candidate in standing.values():
        if candidate.pk in selected:
            candidate.shortlist()
        else:
            candidate.pass_over()
        candidate.save(update_fields=["state"])
    campaign.shortlist()
    campaign.save()
