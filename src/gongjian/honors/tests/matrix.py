from typing import Any

from gongjian.honors import services
from gongjian.honors.models import Certificate
from gongjian.honors.scoring.explaining import cycle_deeds
from gongjian.honors.tests.factories import (
    Team,
    certified,
    make_candidate,
    make_objection,
    on_notice,
    open_nominations,
)
from gongjian.kernel.tests.matrix import Case
from gongjian.ledger.models import Level
from gongjian.ledger.services import confirm_deed
from tests.permissions.world import EVERYBODY, OFFICE, SIGNED_IN, STAFF

READERS = OFFICE | {"auditor"}


def _slug(world: Any) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def _number(world: Any) -> dict[str, Any]:
    return {"number": world.certificate.number}


API = [
    Case("api:list_campaigns", allowed=SIGNED_IN, token="honors:read"),
    Case("api:get_campaign", allowed=SIGNED_IN, token="honors:read", kwargs=_slug),
    Case("api:list_scores", allowed=READERS, token="honors:read", kwargs=_slug),
    Case("api:get_certificate", allowed=SIGNED_IN, token="honors:read", kwargs=_number),
    Case("api:get_certificate_proof", allowed=SIGNED_IN, token="honors:read", kwargs=_number),
]
CLERK, LEADER = frozenset({"office_clerk"}), frozenset({"office_leader"})
WORKERS = frozenset({"community_worker", "other_community_worker"})
NOMINATORS = CLERK | WORKERS | {"unit_liaison", "other_unit_liaison"}


def _certificate(world: Any) -> dict[str, Any]:
    return {"key": world.certificate.number}


def _by_token(world: Any) -> dict[str, Any]:
    return {"key": world.certificate.token}


def _hung(world: Any) -> dict[str, Any]:
    return {"slug": world.hung.slug}


def _running(world: Any) -> dict[str, Any]:
    return {"slug": world.running.slug}


def _pk(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def both(url_name: str, allowed: Any, kwargs: Any = Case.kwargs, label: str = "") -> list[Case]:
    """The page with the form, and sending it."""
    return [Case(url_name, allowed, kwargs, label=label), Case(url_name, allowed, kwargs, method="post", label=label)]


PUBLIC = [
    Case("honors:roll", allowed=EVERYBODY),
    Case("honors:notices", allowed=EVERYBODY),
    Case("honors:notice", allowed=EVERYBODY, kwargs=_hung),
    *both("honors:object", EVERYBODY, _hung),
    Case("honors:follow", allowed=EVERYBODY, kwargs=lambda world: {"token": world.objection.token}),
    Case("honors:verify", allowed=EVERYBODY),
    Case("honors:certificate", allowed=EVERYBODY, kwargs=_certificate),
    Case("honors:proof", allowed=EVERYBODY, kwargs=_certificate),
    Case("honors:pdf", allowed=READERS, kwargs=_certificate, label="by number"),
    Case("honors:pdf", allowed=EVERYBODY, kwargs=_by_token, label="by token"),
    Case("honors:campaign", allowed=EVERYBODY, kwargs=_hung),
]
OWN_COMMUNITY, OWN_UNIT = READERS | {"community_worker"}, READERS | {"unit_liaison"}
CANDIDATES = [
    Case("honors:candidate", allowed=OWN_COMMUNITY, kwargs=_pk("candidate")),
    Case("honors:candidate", allowed=OWN_UNIT, kwargs=_pk("unit_candidate"), label="of a unit"),
    Case(
        "honors:candidate_deeds",
        allowed=READERS,
        kwargs=_pk("candidate"),
        data=lambda world: {"rule": "volunteering:deed"},
    ),
    *both("honors:edit_candidate", CLERK, _pk("candidate")),
    *both("honors:withdraw", CLERK | {"unit_liaison"}, _pk("unit_candidate")),
    *both("honors:declare", OFFICE | {"community_worker"}, _pk("candidate")),
    *both("honors:give_review", OFFICE | {"community_worker"}, _pk("candidate")),
    *both("honors:veto", OFFICE, _pk("candidate")),
    *both("honors:lift_veto", OFFICE, _pk("veto")),
    *both("honors:statement", CLERK | {"unit_liaison"}, _pk("unit_candidate")),
    *both("honors:generate_statement", CLERK | {"community_worker"}, _pk("candidate")),
    Case("honors:check_statement", allowed=CLERK | {"community_worker"}, kwargs=_pk("candidate"), method="post"),
    *both("honors:request_opinions", CLERK, _pk("candidate")),
    *both("honors:opinion", CLERK, _pk("opinion")),
    Case("honors:objection", allowed=READERS, kwargs=_pk("objection")),
    *both("honors:investigate", CLERK, _pk("objection")),
    *both("honors:find", CLERK, _pk("objection")),
    *both("honors:answer", CLERK, _pk("objection")),
    *both("honors:remove_candidate", LEADER, _pk("objection")),
]
WIZARD = [
    Case("honors:campaigns", allowed=STAFF),
    *both("honors:open", CLERK),
    *both("honors:limits", CLERK),
    *both("honors:edit_category", CLERK, _pk("category")),
    *both("honors:revoke_award", LEADER, _pk("award")),
    *[Case(f"honors:{name}", allowed=STAFF, kwargs=_running) for name in ("manage", "call", "nomination", "review")],
    *[
        Case(f"honors:{name}", allowed=READERS, kwargs=_slug)
        for name in ("opinions", "shortlist", "staff_notice", "decision", "certificates", "archive")
    ],
    Case("honors:shortlist", allowed=LEADER, kwargs=_running, method="post"),
    *[
        case
        for name in ("edit_campaign", "add_category", "open_nomination", "start_review", "rule_set", "publish_notice")
        for case in both(f"honors:{name}", CLERK, _running)
    ],
    *[
        case
        for name in ("end_notice", "issue_certificates", "publish_campaign", "archive_campaign")
        for case in both(f"honors:{name}", CLERK, _slug)
    ],
    Case("honors:preview_rule_set", allowed=CLERK, kwargs=_running, method="post"),
    *both("honors:nominate", NOMINATORS, _running),
    *both("honors:decide", LEADER, _hung),
    *both("honors:revoke_campaign", LEADER, _running),
    Case("honors:download_archive", allowed=CLERK | {"auditor"}, kwargs=_slug),
]
MATRIX = [*API, *PUBLIC, *CANDIDATES, *WIZARD]


def build(world: Any) -> None:
    team = Team(world.accounts["office_clerk"], world.accounts["office_leader"], world.accounts["community_worker"])
    world.things["campaign"] = certified(world.office, team)
    world.things["certificate"] = Certificate.objects.get()
    world.things["award"] = world.certificate.award
    world.things["hung"], (listed,) = on_notice(world.office, team)
    world.things["objection"] = make_objection(world.hung, candidate=listed)
    world.things["running"] = running = open_nominations(world.office)
    world.things["category"] = running.categories.first()
    world.things["unit_candidate"] = make_candidate(running, organization=world.organization)
    candidate = world.things["candidate"] = make_candidate(running)
    deed = cycle_deeds(candidate).get()
    confirm_deed(team.worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区")
    world.things["veto"] = services.set_veto(team.clerk, candidate=candidate, reason="弄虚作假", note="两张照片相同")
    world.things["opinion"] = services.request_opinions(team.clerk, candidate=candidate, bodies=["tax"])[0]
