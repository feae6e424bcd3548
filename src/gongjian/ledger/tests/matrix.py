from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.services import take_in_evidence
from gongjian.ledger.tests.factories import image_file, make_deed
from gongjian.registry.tests.factories import make_clerk
from tests.permissions.world import EVERYBODY, SIGNED_IN, STAFF

CLERK = frozenset({"office_clerk"})
OWN_COMMUNITY = frozenset({"community_worker"})
OWN_DEEDS = frozenset({"office_clerk", "office_leader", "auditor", "community_worker", "unit_liaison"})
RECORDERS = frozenset({"office_clerk", "community_worker", "other_community_worker", "unit_liaison", "other_unit_liaison"})


def _public(world: Any) -> dict[str, Any]:
    return {"pk": world.deed.pk}


def _restricted(world: Any) -> dict[str, Any]:
    return {"pk": world.restricted_deed.pk}


def _photo(world: Any) -> dict[str, Any]:
    return {"pk": world.photo.pk}


def _public_photo(world: Any) -> dict[str, Any]:
    return {"pk": world.public_photo.pk}


def _seal(world: Any) -> dict[str, Any]:
    return {"size": world.seal.size}


def _two_seals(world: Any) -> dict[str, Any]:
    return {"old": world.seal.size, "new": world.seal.size}


PAGES = [
    Case("ledger:explorer", allowed=STAFF),
    Case("ledger:export", allowed=STAFF),
    Case("ledger:year", allowed=STAFF),
    Case("ledger:organization_names", allowed=STAFF),
    Case("ledger:person_names", allowed=RECORDERS),
    Case("ledger:record", allowed=RECORDERS),
    Case("ledger:record", method="post", allowed=RECORDERS),
    Case("ledger:deed", allowed=EVERYBODY, kwargs=_public),
    Case("ledger:deed", allowed=OWN_DEEDS, kwargs=_restricted, label="restricted"),
    Case("ledger:proof", allowed=EVERYBODY, kwargs=_public),
    Case("ledger:proof", allowed=OWN_DEEDS, kwargs=_restricted, label="restricted"),
    Case("ledger:confirm", allowed=OWN_COMMUNITY, kwargs=_public),
    Case("ledger:confirm", method="post", allowed=OWN_COMMUNITY, kwargs=_public),
    Case("ledger:witness", allowed=CLERK, kwargs=_public),
    Case("ledger:witness", method="post", allowed=CLERK, kwargs=_public),
    Case("ledger:reverse", allowed=CLERK, kwargs=_public),
    Case("ledger:reverse", method="post", allowed=CLERK, kwargs=_public),
    Case("ledger:correct", allowed=CLERK, kwargs=_public),
    Case("ledger:correct", method="post", allowed=CLERK, kwargs=_public),
    Case("ledger:thumbnail", allowed=EVERYBODY, kwargs=_public_photo, label="public"),
    Case("ledger:thumbnail", allowed=OWN_DEEDS, kwargs=_photo),
    Case("ledger:picture", allowed=EVERYBODY, kwargs=_public_photo, label="public"),
    Case("ledger:picture", allowed=OWN_DEEDS, kwargs=_photo),
    Case("ledger:original", allowed={"office_clerk", "auditor", "community_worker"}, kwargs=_photo),
    Case("ledger:publish_evidence", method="post", allowed=CLERK, kwargs=_photo),
    Case("ledger:withdraw_evidence", method="post", allowed=CLERK, kwargs=_photo),
    Case("ledger:transparency", allowed=EVERYBODY),
    Case("ledger:feed", allowed=EVERYBODY),
    Case("ledger:seal", allowed=EVERYBODY, kwargs=_seal, shared=True),
    Case("ledger:consistency", allowed=EVERYBODY, kwargs=_two_seals, shared=True),
    Case("ledger:verify", allowed=EVERYBODY),
    Case("ledger:verify", method="post", allowed=EVERYBODY),
]
ANY_ACCOUNT = SIGNED_IN
READ, WRITE = "ledger:read", "ledger:write"


def _deed(world: Any) -> dict[str, Any]:
    """Somebody's own community and organization; other workers and liaisons may not record it."""
    return {
        "kind": "volunteer-hours",
        "place": world.community.code,
        "organization": world.organization.pk,
        "statement": "在社区值守{数}",
        "occurred_from": "2026-03-02",
        "quantity": "8",
    }


def _confirmation(world: Any) -> dict[str, Any]:
    return {"on_behalf_of": "一号社区居委会"}


API = [
    Case("api:list_kinds", allowed=ANY_ACCOUNT, token=READ),
    Case("api:list_deeds", allowed=ANY_ACCOUNT, token=READ),
    Case("api:get_one_deed", allowed=ANY_ACCOUNT, token=READ, kwargs=_public),
    Case("api:get_one_deed", allowed=OWN_DEEDS, token=READ, kwargs=_restricted, label="restricted"),
    Case(
        "api:record_deed", method="post", allowed={"office_clerk", "community_worker", "unit_liaison"}, token=WRITE, data=_deed
    ),
    Case("api:confirm_deed", method="post", allowed=OWN_COMMUNITY, token=WRITE, kwargs=_public, data=_confirmation),
    Case("api:statistics", allowed=ANY_ACCOUNT, token=READ),
    Case("api:deed_proof", allowed=ANY_ACCOUNT, token=READ, kwargs=_public),
    Case("api:deed_proof", allowed=OWN_DEEDS, token=READ, kwargs=_restricted, label="restricted"),
    Case("api:list_seals", allowed=ANY_ACCOUNT, token=READ),
    Case("api:get_one_seal", allowed=ANY_ACCOUNT, token=READ, kwargs=_seal, shared=True),
]
MATRIX = PAGES + API


def build(world: Any) -> None:
    clerk = make_clerk(world.office)
    photo = take_in_evidence(clerk, file=image_file(color="blue"))
    world.things["photo"] = photo
    world.things["public_photo"] = take_in_evidence(clerk, file=image_file(color="green"), public=True)
    where = {"place": world.community, "organization": world.organization}
    world.things["deed"] = make_deed(world.office, clerk, **where)
    world.things["restricted_deed"] = make_deed(world.office, clerk, public=False, evidence=[photo], **where)
    world.things["seal"] = seal()
