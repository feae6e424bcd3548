from typing import Any

from django_scopes import scope

from gongjian.kernel.tests.matrix import Case
from gongjian.ledger.tests.factories import image_file
from gongjian.work.projects.tests.factories import Cast
from gongjian.work.projects.voting.models import Objection
from gongjian.work.projects.voting.tests import factories
from tests.permissions.world import EVERYBODY, OFFICE

VIEWERS = OFFICE | {"auditor", "community_worker"}
SOMEWHERE = VIEWERS | {"other_community_worker"}
KEEPERS = {"office_clerk", "community_worker"}


def _vote(world: Any) -> dict[str, Any]:
    return {"pk": world.open_vote.pk}


def _draft(world: Any) -> dict[str, Any]:
    return {"pk": world.draft_vote.pk}


def _locked(world: Any) -> dict[str, Any]:
    return {"pk": world.locked_vote.pk}


def _flat(world: Any) -> dict[str, Any]:
    return {"pk": world.open_vote.pk, "flat": world.voting_flat.pk}


def _token(world: Any) -> dict[str, Any]:
    return {"token": world.voting_flat.token}


def _project(world: Any) -> dict[str, Any]:
    return {"project": world.open_vote.project_id}


MATRIX = [
    Case("voting:votes", allowed=SOMEWHERE),
    Case("voting:prepare", allowed=KEEPERS, kwargs=_project),
    Case("voting:prepare", method="post", allowed=KEEPERS, kwargs=_project),
    Case("voting:vote", allowed=VIEWERS, kwargs=_vote),
    Case("voting:add_motion", method="post", allowed=KEEPERS, kwargs=_draft),
    Case("voting:roll", allowed=VIEWERS, kwargs=_vote),
    Case("voting:export_roll", allowed=VIEWERS, kwargs=_vote),
    Case("voting:clear_roll", method="post", allowed=KEEPERS, kwargs=_draft),
    Case("voting:open", method="post", allowed=KEEPERS, kwargs=_draft),
    Case("voting:slips", allowed=KEEPERS, kwargs=_vote),
    Case("voting:enter", allowed=KEEPERS, kwargs=_flat),
    Case("voting:enter", method="post", allowed=KEEPERS, kwargs=_flat),
    Case("voting:ballots", allowed=VIEWERS, kwargs=_vote),
    Case("voting:check", allowed=KEEPERS, kwargs=_flat),
    Case("voting:check", method="post", allowed=KEEPERS, kwargs=_flat),
    Case("voting:scan", allowed=VIEWERS, kwargs=lambda world: _vote(world) | {"ballot": world.paper_ballot.pk}),
    Case("voting:proxies", allowed=KEEPERS, kwargs=_vote),
    Case("voting:proxies", method="post", allowed=KEEPERS, kwargs=_vote),
    Case("voting:revoke", method="post", allowed=KEEPERS, kwargs=lambda world: {"pk": world.voting_proxy.pk}),
    Case("voting:lock", method="post", allowed=KEEPERS, kwargs=_vote),
    Case("voting:objections", allowed=VIEWERS, kwargs=_locked),
    Case("voting:objections", method="post", allowed=KEEPERS, kwargs=_locked),
    Case("voting:answer", allowed=KEEPERS, kwargs=lambda world: {"pk": world.vote_objection.pk}),
    Case("voting:answer", method="post", allowed=KEEPERS, kwargs=lambda world: {"pk": world.vote_objection.pk}),
    Case("voting:finish", method="post", allowed=KEEPERS, kwargs=_locked),
    Case("voting:cancel", method="post", allowed=KEEPERS, kwargs=_vote),
    Case("voting:results", allowed=EVERYBODY),
    Case("voting:result", allowed=EVERYBODY, kwargs=_locked),
    Case("voting:paper", allowed=EVERYBODY, kwargs=_locked),
    Case("voting:flat", allowed=EVERYBODY, kwargs=_token),
    Case("voting:flat", method="post", allowed=EVERYBODY, kwargs=_token),
    Case("voting:object", method="post", allowed=EVERYBODY, kwargs=_token),
    Case(
        "desk:sheet_upload",
        allowed=KEEPERS,
        kwargs=lambda world: {"code": "voting.roll"},
        data=lambda world: {"about": world.draft_vote.pk},
        label="roll",
    ),
]


def build(world: Any) -> None:
    with scope(office=world.office):
        accounts = world.accounts
        cast = Cast(
            world.office,
            world.community,
            accounts["community_worker"],
            world.organization,
            accounts["unit_liaison"],
            accounts["office_clerk"],
        )
        vote = factories.make_open(cast)
        flat = factories.flat_of(vote, "1")
        locked = factories.make_locked(cast)
        (ballot,) = factories.cast_paper(cast, flat, scan=image_file())
        world.things |= {
            "draft_vote": factories.make_vote(cast),
            "open_vote": vote,
            "voting_flat": flat,
            "paper_ballot": ballot,
            "locked_vote": locked,
            "voting_proxy": factories.services.record_proxy(
                cast.worker, vote=vote, owner=flat.owners.get(), name="代投样例", given_at=vote.opens_at
            ),
            "vote_objection": Objection.objects.create(vote=locked, text="面积不对", received_at=locked.locked_at),
        }
