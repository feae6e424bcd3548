"""Makers of schemes and rounds, through the services that pages call."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from django.utils import timezone
from django_scopes import get_scope

from gongjian.kernel import clock
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.models import Deed, DeedKind, Level
from gongjian.ledger.services import confirm_deed, record_deed
from gongjian.registry.models import Account, Office, Organization, Place, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization
from gongjian.work.ratings.models import Candidate, Round, Scheme
from gongjian.work.ratings.scoring.blueprint import Blueprint, read
from gongjian.work.ratings.scoring.computing import Finding
from gongjian.work.ratings.services import noticing, publishing, results, rounds
from gongjian.work.ratings.services.assessing import assess
from gongjian.work.ratings.services.schemes import make_scheme as make

_numbers = count(1)

SMALL: dict[str, Any] = {
    "dimensions": [
        {
            "code": "d1",
            "name": "环境",
            "indicators": [
                {
                    "code": "i1",
                    "name": "卫生",
                    "kind": "graded",
                    "choices": [{"label": "好", "points": 10}, {"label": "差", "points": 2}],
                },
                {
                    "code": "i2",
                    "name": "普法",
                    "kind": "itemized",
                    "cap": 6,
                    "weight": "1.5",
                    "ledger": {"kind": "law-outreach", "points": 2},
                },
            ],
        },
        {
            "code": "d2",
            "name": "平安",
            "indicators": [
                {
                    "code": "i3",
                    "name": "设施",
                    "kind": "itemized",
                    "choices": [{"label": "灭火器", "points": 4}, {"label": "充电桩", "points": 6}],
                },
                {"code": "i4", "name": "堆物", "kind": "deduction", "cap": 5, "choices": [{"label": "一处", "points": "1.5"}]},
                {"code": "i5", "name": "火灾", "kind": "veto"},
            ],
        },
    ],
    "levels": [
        {"stars": 5, "total": 25, "dimensions": {"d1": 15, "d2": 8}, "most_percent": 50},
        {"stars": 3, "total": 12, "dimensions": {"d1": 5}},
    ],
}
"""Full points: 10 + 6 × 1.5 = 19, and 10; in total 29."""


def small() -> Blueprint:
    return read(SMALL)


def make_scheme(by: Account | None = None, *, blueprint: Blueprint | None = None, **details: Any) -> Scheme:
    if not DeedKind.objects.exists():
        load_catalogue()
    values = {"title": f"样例评定{next(_numbers)}", "subject": "organizations", "nature": "internal", **details}
    return make(by or make_clerk(get_scope()["office"]), blueprint=blueprint or small(), **values)


@dataclass
class Team:
    """Who takes part in a round: one worker checks, a clerk runs it, a leader looks a second time."""

    office: Office
    community: Place
    clerk: Account
    worker: Account
    leader: Account


def make_team() -> Team:
    office = get_scope()["office"]
    community = first_community(office)
    return Team(
        office,
        community,
        make_clerk(office),
        make_account(office, Role.COMMUNITY_WORKER, community=community),
        make_account(office, Role.OFFICE_LEADER),
    )


PERIOD = {"period_from": date(2020, 1, 1), "period_to": date(2020, 12, 31)}
GOOD = {"i1": Finding(choice=0), "i3": Finding(met=(0, 1)), "i4": Finding(times=(0,)), "i5": Finding()}
BAD = {"i1": Finding(choice=1), "i3": Finding(), "i4": Finding(times=(2,)), "i5": Finding()}


def make_round(team: Team, *, scheme: Scheme | None = None, **details: Any) -> Round:
    scheme = scheme or make_scheme(team.clerk)
    return rounds.open_round(team.clerk, scheme=scheme, **{"title": f"第{next(_numbers)}轮", **PERIOD, **details})


def enrolled(team: Team, count: int = 1, **details: Any) -> tuple[Round, list[Candidate]]:
    """A round under assessment with organizations of the team's community."""
    units = details.pop("units", None)
    rated = make_round(team, **details)
    units = units or [make_organization(team.office, community=team.community) for _number in range(count)]
    candidates = rounds.enroll(team.clerk, rated=rated, subjects=units)
    rounds.start_assessing(team.clerk, rated=rated)
    return rated, sorted(candidates, key=lambda one: one.pk)


def check(team: Team, candidate: Candidate, findings: dict[str, Finding] | None = None, *, by: Account | None = None) -> None:
    """All dimensions."""
    found = findings or GOOD
    for dimension, codes in (("d1", ("i1",)), ("d2", ("i3", "i4", "i5"))):
        assess(by or team.worker, candidate=candidate, dimension=dimension, findings={c: found[c] for c in codes})


def computed(team: Team, *findings: dict[str, Finding], **details: Any) -> tuple[Round, list[Candidate]]:
    """Each candidate with its findings, in the order given."""
    rated, candidates = enrolled(team, len(findings), **details)
    for candidate, found in zip(candidates, findings, strict=True):
        check(team, candidate, found)
    results.compute_results(team.clerk, rated=rated)
    return Round.objects.get(pk=rated.pk), candidates


def make_deeds(organization: Organization | None, count: int = 1, **details: Any) -> list[Deed]:
    """Confirmed by the community, in the round's period."""
    office = get_scope()["office"]
    clerk = make_clerk(office)
    worker = make_account(office, Role.COMMUNITY_WORKER, community=first_community(office))
    values = {"kind": DeedKind.objects.get(code="law-outreach"), "place": first_community(office), **details}
    values.setdefault("occurred_from", date(2020, 6, 1))
    level = values.pop("level", Level.COMMUNITY)
    made = [record_deed(clerk, organization=organization, statement="到社区普法", **values) for _number in range(count)]
    for deed in made:
        if level:
            confirm_deed(worker, deed=deed, level=level, on_behalf_of="样例")
    return made


def at(*when: int) -> AbstractContextManager[None]:
    return clock.set_to(datetime(*when, tzinfo=timezone.get_current_timezone()))  # type: ignore[misc,arg-type]


def on_notice(team: Team, *findings: dict[str, Finding], **details: Any) -> tuple[Round, list[Candidate]]:
    """Reviewed by the leader and hung out."""
    rated, candidates = computed(team, *findings, **details)
    results.review_all(team.leader, rated=rated)
    noticing.give_notice(team.clerk, rated=rated)
    return Round.objects.get(pk=rated.pk), candidates


def published(team: Team, *findings: dict[str, Finding], **details: Any) -> tuple[Round, list[Candidate]]:
    """On 1 March 2021 hung out, on 9 March published."""
    with at(2021, 3, 1, 10):
        rated, candidates = on_notice(team, *findings, **details)
    with at(2021, 3, 9, 10):
        publishing.publish(team.clerk, rated=rated)
    return Round.objects.get(pk=rated.pk), candidates
