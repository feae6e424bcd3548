from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.tests.factories import make_evidence
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import ClaimEvidence
from gongjian.work.cobuilding.tests.factories import (
    Cast,
    make_claim,
    make_need,
    make_offer,
    make_report_in,
    make_room,
    make_signed,
)
from tests.permissions.world import OFFICE, STAFF

CLERK = {"office_clerk"}
OWN_WORKER, OWN_LIAISON = {"community_worker"}, {"unit_liaison"}
WORKERS, LIAISONS = OWN_WORKER | {"other_community_worker"}, OWN_LIAISON | {"other_unit_liaison"}
PARTIES = OWN_WORKER | OWN_LIAISON
SEES_CLAIM = PARTIES | OFFICE | {"auditor"}


def _of(name: str) -> Any:
    return lambda world: {"pk": getattr(world, name).pk}


def _told_need(world: Any) -> dict[str, Any]:
    what = {"kind": "goods", "title": "折叠椅", "quantity": "4", "unit": "piece", "from_day": "2026-01-01"}
    return {**what, "place": world.community.code}


def _told_offer(world: Any) -> dict[str, Any]:
    what = {"kind": "goods", "title": "折叠椅", "quantity": "4", "unit": "piece", "from_day": "2026-01-01"}
    return {**what, "organization": world.organization.pk}


def _told_claim(world: Any) -> dict[str, Any]:
    return {"need": world.need.pk, "organization": world.organization.pk, "quantity": "1"}


def _saying(said: dict[str, str]) -> Any:
    return lambda world: said


def _both(url_name: str, allowed: Any, **options: Any) -> list[Case]:
    return [Case(url_name, allowed=allowed, **options), Case(url_name, allowed=allowed, method="post", **options)]


def _sheet(code: str) -> Any:
    return lambda world: {"code": f"cobuilding.{code}"}


READ, WRITE = "cobuilding:read", "cobuilding:write"
API = [
    Case("api:list_needs", allowed=STAFF, token=READ),
    Case("api:list_offers", allowed=STAFF, token=READ),
    Case("api:list_suggestions", allowed=STAFF, token=READ),
    Case("api:list_agreements", allowed=STAFF, token=READ),
    Case("api:list_claims", allowed=STAFF, token=READ),
    Case("api:get_one_claim", allowed=SEES_CLAIM, token=READ, kwargs=_of("claim")),
    Case("api:post_need", method="post", allowed=CLERK | OWN_WORKER, token=WRITE, data=_told_need),
    Case("api:post_offer", method="post", allowed=CLERK | OWN_LIAISON, token=WRITE, data=_told_offer),
    Case("api:propose_claim", method="post", allowed=CLERK | OWN_LIAISON, token=WRITE, data=_told_claim),
    *(
        Case(
            f"api:{name}", method="post", allowed=allowed, token=WRITE, kwargs=_of("claim"), data=lambda world, said=said: said
        )
        for name, allowed, said in (
            ("agree_to_claim", CLERK | PARTIES, {"words": "说好了"}),
            ("start_claim", CLERK | OWN_LIAISON, {"words": ""}),
            ("report_claim", CLERK | OWN_LIAISON, {"words": ""}),
            ("accept_claim", OWN_WORKER, {"delivered": "1"}),
            ("rate_claim", OWN_WORKER, {"satisfaction": "satisfied"}),
            ("lapse_claim", CLERK | PARTIES, {"reason": "不办了"}),
        )
    ),
]
MATRIX = [
    Case("cobuilding:board", allowed=STAFF),
    Case("cobuilding:needs", allowed=STAFF),
    Case("cobuilding:offers", allowed=STAFF),
    Case("cobuilding:claims", allowed=STAFF),
    Case("cobuilding:need", allowed=STAFF, kwargs=_of("need")),
    Case("cobuilding:offer", allowed=STAFF, kwargs=_of("offer")),
    *_both("cobuilding:new_need", CLERK | WORKERS),
    *_both("cobuilding:new_offer", CLERK | LIAISONS),
    *_both("cobuilding:change_need", CLERK | OWN_WORKER, kwargs=_of("need")),
    *_both("cobuilding:change_offer", CLERK | OWN_LIAISON, kwargs=_of("offer")),
    *_both("cobuilding:withdraw_need", CLERK | OWN_WORKER, kwargs=_of("need")),
    *_both("cobuilding:withdraw_offer", CLERK | OWN_LIAISON, kwargs=_of("offer")),
    *_both("cobuilding:claim_need", CLERK | LIAISONS, kwargs=_of("need")),
    *_both("cobuilding:claim_offer", CLERK | WORKERS, kwargs=_of("offer")),
    Case("cobuilding:agreements", allowed=STAFF),
    *_both("cobuilding:new_agreement", CLERK | WORKERS | LIAISONS),
    Case("cobuilding:agreement", allowed=SEES_CLAIM, kwargs=_of("agreement")),
    Case("cobuilding:agreement_paper", allowed=SEES_CLAIM, kwargs=_of("agreement")),
    Case("cobuilding:quarterly_report", allowed=SEES_CLAIM, kwargs=_of("agreement")),
    Case(
        "cobuilding:agreement_file",
        allowed=SEES_CLAIM,
        kwargs=lambda world: {"pk": world.agreement.pk, "evidence": world.signed_copy.pk},
    ),
    *(
        case
        for name in ("change_agreement", "sign_agreement", "add_room", "add_meeting", "renew_agreement", "end_agreement")
        for case in _both(f"cobuilding:{name}", CLERK | PARTIES, kwargs=_of("agreement"))
    ),
    *_both("cobuilding:hand_over_room", CLERK | PARTIES, kwargs=_of("agreement_room")),
    Case("cobuilding:contribution_sheet", allowed=OFFICE | {"auditor"} | OWN_LIAISON, kwargs=_of("organization")),
    Case("cobuilding:report_ins", allowed=STAFF),
    *_both("cobuilding:new_report_in", CLERK | WORKERS),
    *_both("cobuilding:end_report_in", CLERK | OWN_WORKER, kwargs=_of("report_in")),
    Case("cobuilding:feedback_card", allowed=SEES_CLAIM, kwargs=_of("report_in")),
    Case("cobuilding:suggestions", allowed=STAFF),
    Case("cobuilding:unmatched", allowed=STAFF),
    Case("cobuilding:match", method="post", allowed=CLERK),
    *_both("cobuilding:weights", CLERK),
    *_both("cobuilding:take", CLERK | PARTIES, kwargs=_of("suggestion")),
    *_both("cobuilding:dismiss", CLERK | PARTIES, kwargs=_of("suggestion")),
    Case("cobuilding:claim", allowed=SEES_CLAIM, kwargs=_of("claim")),
    Case(
        "cobuilding:claim_file",
        allowed=SEES_CLAIM,
        kwargs=lambda world: {"pk": world.claim.pk, "evidence": world.claim_evidence.pk},
    ),
    *_both("cobuilding:agree", CLERK | PARTIES, kwargs=_of("claim")),
    *_both("cobuilding:start", CLERK | OWN_LIAISON, kwargs=_of("claim")),
    *_both("cobuilding:report", CLERK | OWN_LIAISON, kwargs=_of("claim")),
    *_both("cobuilding:send_back", OWN_WORKER, kwargs=_of("claim")),
    *_both("cobuilding:accept", OWN_WORKER, kwargs=_of("claim")),
    *_both("cobuilding:rate", OWN_WORKER, kwargs=_of("claim")),
    *_both("cobuilding:finish", CLERK | OWN_WORKER, kwargs=_of("claim")),
    *_both("cobuilding:lapse", CLERK | PARTIES, kwargs=_of("claim")),
]

MATRIX += [
    Case("desk:sheet_upload", allowed=allowed, kwargs=_sheet(code), label=code, method=method)
    for code, allowed in (("needs", CLERK | WORKERS), ("offers", CLERK | LIAISONS), ("claims", CLERK | LIAISONS))
    for method in ("get", "post")
]
MATRIX += API


def build(world: Any) -> None:
    load_catalogue()
    accounts = world.accounts
    cast = Cast(
        world.office,
        world.community,
        accounts["community_worker"],
        world.organization,
        accounts["unit_liaison"],
        accounts["office_clerk"],
    )
    need, offer = make_need(cast), make_offer(cast)
    claim = make_claim(cast, quantity=5)
    run = services.carry_out(services.ask_for_matching(cast.clerk))
    evidence = make_evidence(world.office, public=False)
    ClaimEvidence.objects.create(claim=claim, evidence=evidence)
    world.things |= {"need": need, "offer": offer, "claim": claim, "claim_evidence": evidence}
    world.things["agreement"] = agreement = make_signed(cast)
    world.things["agreement_room"] = make_room(cast, agreement)
    world.things["report_in"] = make_report_in(cast)
    world.things["signed_copy"] = agreement.files.get().evidence
    world.things["suggestion"] = run.suggestions.get()
