"""Campaigns for tests, brought to a wanted step through the same services that the pages call."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from gongjian.honors import services
from gongjian.honors.models import Campaign, Candidate, Category, Objection
from gongjian.honors.review_rules import levels_for
from gongjian.kernel import clock
from gongjian.kernel.basis import Nature
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.models import Account, Office, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization, make_person

CYCLE = {"cycle_from": date(2020, 1, 1), "cycle_to": date(2020, 12, 31)}
BASIS = {"nature": Nature.APPROVED, "approving_body": "样例区表彰办", "basis_number": "样评〔2020〕3号"}
_numbers = count(1)


@dataclass
class Team:
    """Who runs a campaign in a test."""

    clerk: Account
    leader: Account
    worker: Account


def make_team(office: Office) -> Team:
    worker = make_account(office, Role.COMMUNITY_WORKER, community=first_community(office))
    return Team(make_clerk(office), make_account(office, Role.OFFICE_LEADER), worker)


def at(year: int, month: int, day: int, hour: int = 10) -> Any:
    """The clock reads this moment in the office's time zone."""
    return clock.set_to(datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai")))


def make_campaign(clerk: Account, **details: Any) -> Campaign:
    """An approved commendation over 2020 unless `details` say otherwise."""
    number = next(_numbers)
    values = {"slug": f"pioneers-{number}", "title": f"先锋评选{number}", "scope": "辖区单位和个人", **BASIS, **CYCLE}
    return services.open_campaign(clerk, **(values | details))


def make_category(campaign: Campaign, **details: Any) -> Category:
    values = {
        "name": f"先锋单位{next(_numbers)}",
        "kind": "organizations",
        "quota": 8,
        "opinions": [],
        "enterprise_opinions": [],
    }
    return services.add_category(campaign.opened_by, campaign=campaign, **(values | details))


def make_people_category(campaign: Campaign, **details: Any) -> Category:
    return make_category(campaign, **({"name": f"先锋个人{next(_numbers)}", "kind": "individuals"} | details))


def open_nominations(office: Office, **details: Any) -> Campaign:
    """With one category for organizations and one for individuals."""
    campaign = make_campaign(make_clerk(office), **details)
    make_category(campaign)
    make_people_category(campaign)
    return services.open_nomination(campaign.opened_by, campaign=campaign)


def make_candidate(campaign: Campaign, *, category: Category | None = None, deeds: int = 1, **details: Any) -> Candidate:
    """An organization of the first community with `deeds` confirmed by nobody, unless `details` name another doer."""
    office = campaign.office
    if "person" in details:
        category = category or campaign.categories.get(kind="individuals")
    else:
        category = category or campaign.categories.filter(kind="organizations")[0]
        details.setdefault("organization", make_organization(office, community=first_community(office), kind="school"))
    candidate = services.nominate(campaign.opened_by, category=category, way="democratic", **details)
    doer = {candidate.doer_column: candidate.doer}
    for number in range(deeds):
        make_deed(office, occurred_from=date(2020, 3, 2) + timedelta(days=number), quantity=Decimal(8), **doer)
    return candidate


def make_individual(campaign: Campaign, name: str = "张小满", **details: Any) -> Candidate:
    person = make_person(campaign.office, name, community=first_community(campaign.office))
    return make_candidate(campaign, person=person, **details)


def in_review(office: Office, team: Team, *, organizations: int = 1, **details: Any) -> tuple[Campaign, list[Candidate]]:
    campaign = open_nominations(office, **details)
    candidates = [make_candidate(campaign) for _n in range(organizations)]
    return services.start_review(team.clerk, campaign=campaign), candidates


def clear(team: Team, candidate: Candidate) -> None:
    """Statement written, every level in favor, every body asked and agreeing."""
    services.generate_statement(team.clerk, candidate=candidate)
    reviewers = {Role.COMMUNITY_WORKER: team.worker, Role.OFFICE_CLERK: team.clerk, Role.OFFICE_LEADER: team.leader}
    for level in levels_for(candidate):
        services.give_review(
            reviewers[Role(level.role)], candidate=candidate, level=level, recommendation="support", words="事迹属实"
        )
    for opinion in services.request_opinions(team.clerk, candidate=candidate):
        services.record_opinion(team.clerk, opinion=opinion, answer="agree", answered_on=clock.today())


def choose(team: Team, campaign: Campaign, chosen: list[Candidate], **details: Any) -> Any:
    values = {"votes_for": 7, "votes_against": 0, "abstentions": 0, "minutes": "会议一致同意", "held_on": clock.today()}
    return services.decide_shortlist(team.leader, campaign=campaign, chosen=chosen, **(values | details))


def shortlisted(office: Office, team: Team, **details: Any) -> tuple[Campaign, list[Candidate]]:
    campaign, candidates = in_review(office, team, **details)
    for candidate in candidates:
        clear(team, candidate)
    choose(team, campaign, candidates)
    campaign = Campaign.objects.get(pk=campaign.pk)
    return campaign, [Candidate.objects.get(pk=c.pk) for c in candidates]


def on_notice(office: Office, team: Team, **details: Any) -> tuple[Campaign, list[Candidate]]:
    """Hung out today."""
    campaign, candidates = shortlisted(office, team, **details)
    services.publish_notice(team.clerk, campaign=campaign)
    return Campaign.objects.get(pk=campaign.pk), candidates


def decided(office: Office, team: Team, **details: Any) -> tuple[Campaign, list[Candidate]]:
    """Hung out on 2021-03-01, a Monday; ended and decided on 2021-03-09."""
    with at(2021, 3, 1):
        campaign, candidates = on_notice(office, team, **details)
    with at(2021, 3, 9):
        services.end_notice(team.clerk, campaign=campaign)
        services.decide(team.leader, campaign=campaign, document_number="样街〔2021〕5号", decided_on=clock.today())
    return Campaign.objects.get(pk=campaign.pk), [Candidate.objects.get(pk=c.pk) for c in candidates]


def certified(office: Office, team: Team, **details: Any) -> Campaign:
    """Decided, sealed, every certificate made, published."""
    from gongjian.honors.models import Certificate
    from gongjian.ledger.sealing.sealer import seal

    campaign, _candidates = decided(office, team, **details)
    with at(2021, 3, 10):
        services.issue_certificates(team.clerk, campaign=campaign)
        seal()
        for certificate in Certificate.objects.filter(award__campaign=campaign):
            services.make_certificate(team.clerk, certificate=certificate)
        return services.publish_campaign(team.clerk, campaign=campaign)


def make_objection(campaign: Campaign, **details: Any) -> Objection:
    from django.contrib.auth.models import AnonymousUser

    return services.raise_objection(AnonymousUser(), campaign=campaign, **({"text": "电梯还没有装好"} | details))


def found(team: Team, objection: Objection, *, well_founded: bool = True) -> Objection:
    services.investigate_objection(team.clerk, objection=objection)
    return services.find_objection(team.clerk, objection=objection, well_founded=well_founded, finding="现场看过了")
