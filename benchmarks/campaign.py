"""A campaign over every deed of the big office, played through all its steps by the services that the pages call."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.harness import step
from benchmarks.people import clerk, leader, worker

SLUG = "benchmark"
MOST_AWARDS = 50
"""The shipped limit for organizations."""


def ensure_campaign(office: Any) -> Any:
    """The published campaign, played when it is missing. Call inside the office's scope."""
    from django.db import transaction

    from gongjian.honors.models import Campaign

    _give_names(office)
    if not Campaign.objects.filter(slug=SLUG).exists():
        with step("Playing a campaign over all deeds of the office"), transaction.atomic():
            _play(office)
    return Campaign.objects.get(slug=SLUG)


def _give_names(office: Any) -> None:
    """Synthetic organizations come without the entry by which people find them."""
    from gongjian.registry.models import Organization
    from gongjian.registry.services.organizations import add_alias

    for organization in Organization.objects.filter(aliases=None):
        add_alias(clerk(office), organization=organization, name=organization.name)


def _play(office: Any) -> None:
    from django.db.models import Max, Min

    from gongjian.ledger.models import Deed

    days = Deed.objects.filter(source_room="synthetic").aggregate(first=Min("occurred_from"), last=Max("occurred_to"))
    with _days_after(days["last"], 1):
        campaign = _open(office, days["first"], days["last"])
        _nominate_all(office, campaign)
    with _days_after(days["last"], 5):
        _review_best(office, campaign)
    with _days_after(days["last"], 6):
        _services().publish_notice(clerk(office), campaign=campaign)
    with _days_after(days["last"], 30):
        _finish(office, campaign)


def _services() -> Any:
    from gongjian.honors import services

    return services


@contextmanager
def _days_after(last: date, days: int) -> Iterator[None]:
    """At nine in the morning of a day that has passed by now: synthetic deeds end some weeks before they are loaded."""
    from gongjian.kernel import clock

    day = last + timedelta(days=days)
    with clock.set_to(datetime.combine(day, time(9), tzinfo=ZoneInfo("Asia/Shanghai"))):
        yield


def _open(office: Any, first: date, last: date) -> Any:
    campaign = _services().open_campaign(
        clerk(office),
        slug=SLUG,
        title="性能测试通报表扬",
        nature="thanks",
        scope="合成数据中的全部单位，仅用于性能测试。",
        cycle_from=first,
        cycle_to=last,
    )
    _services().add_category(
        clerk(office),
        campaign=campaign,
        name="合成单位",
        kind="organizations",
        quota=MOST_AWARDS,
        opinions=[],
        enterprise_opinions=[],
    )
    return _services().open_nomination(clerk(office), campaign=campaign)


def _nominate_all(office: Any, campaign: Any) -> None:
    from gongjian.ledger.models import Deed
    from gongjian.registry.models import Organization

    doers = Deed.objects.filter(source_room="synthetic").order_by().values("organization").distinct()
    for organization in Organization.objects.filter(pk__in=doers).order_by("pk"):
        _services().nominate(clerk(office), category=campaign.categories.get(), organization=organization, way="level")
    _services().start_review(clerk(office), campaign=campaign)


def _review_best(office: Any, campaign: Any) -> None:
    """Those with most points, level by level, then the meeting."""
    from gongjian.honors.scoring import score

    chosen = [one.candidate for one in islice(score(campaign), MOST_AWARDS)]
    for candidate in chosen:
        for level, reviewer in zip(campaign.levels.order_by("order"), _reviewers(office, candidate), strict=True):
            _services().give_review(
                reviewer, candidate=candidate, level=level, recommendation="support", words="同意（性能测试）"
            )
        _services().generate_statement(clerk(office), candidate=candidate)
    _services().decide_shortlist(
        leader(office),
        campaign=campaign,
        chosen=chosen,
        held_on=_today(),
        votes_for=7,
        votes_against=0,
        abstentions=0,
        minutes="性能测试：表决通过。",
    )


def _reviewers(office: Any, candidate: Any) -> list[Any]:
    return [worker(office, candidate.community), clerk(office), leader(office)]


def _finish(office: Any, campaign: Any) -> None:
    from gongjian.ledger.sealing.sealer import seal

    _services().end_notice(clerk(office), campaign=campaign)
    _services().decide(leader(office), campaign=campaign, document_number="性能测试〔1〕号", decided_on=_today())
    certificates = _services().issue_certificates(clerk(office), campaign=campaign)
    seal()
    _services().make_certificate(clerk(office), certificate=certificates[0])
    _services().publish_campaign(clerk(office), campaign=campaign)


def _today() -> date:
    from gongjian.kernel import clock

    return clock.today()
