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


def _both(url_name: str, allowed: Any, **options: Any) -> list[Case]:
    return [Case(url_name, allowed=allowed, **options), Case(url_name, allowed=allowed, method="post", **options)]


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
