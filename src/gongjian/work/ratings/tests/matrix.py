from typing import Any

from django.contrib.auth.models import AnonymousUser

from gongjian.kernel.tests.matrix import Case
from gongjian.work.ratings.services import rounds
from gongjian.work.ratings.services.noticing import raise_objection
from gongjian.work.ratings.services.publishing import propose_fall
from gongjian.work.ratings.tests.factories import GOOD, PERIOD, Team, make_scheme, on_notice, published
from tests.permissions.world import EVERYBODY, OFFICE, SIGNED_IN

CLERK = frozenset({"office_clerk"})
READERS = CLERK | {"office_leader", "auditor", "community_worker", "other_community_worker"}


def _form(name: str, allowed: frozenset[str], kwargs: Any = Case.kwargs) -> list[Case]:
    return [Case(name, allowed=allowed, kwargs=kwargs), Case(name, method="post", allowed=allowed, kwargs=kwargs)]


def _scheme(**more: Any) -> Any:
    return lambda world: {"pk": world.rating_scheme.pk, **more}


def _round(world: Any) -> dict[str, Any]:
    return {"pk": world.rating_round.pk}


def _candidate(**more: Any) -> Any:
    return lambda world: {"pk": world.rated_candidate.pk, **more}


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _hung_candidate(world: Any) -> dict[str, Any]:
    return {"pk": world.hung_round.pk, "candidate": world.hung_candidate.pk}


MATRIX = [
    Case("ratings:schemes", allowed=READERS),
    Case("ratings:scheme", allowed=READERS, kwargs=_scheme()),
    *_form("ratings:make_scheme", CLERK),
    *_form("ratings:edit_scheme", CLERK, _scheme()),
    *_form("ratings:close_scheme", CLERK, _scheme()),
    *_form("ratings:add_dimension", CLERK, _scheme()),
    *_form("ratings:dimension", CLERK, _scheme(code="d1")),
    Case("ratings:remove_dimension", method="post", allowed=CLERK, kwargs=_scheme(code="d1")),
    *_form("ratings:add_indicator", CLERK, _scheme(dimension="d1")),
    *_form("ratings:indicator", CLERK, _scheme(code="i1")),
    Case("ratings:remove_indicator", method="post", allowed=CLERK, kwargs=_scheme(code="i1")),
    *_form("ratings:add_level", CLERK, _scheme()),
    *_form("ratings:level", CLERK, _scheme(stars=5)),
    Case("ratings:remove_level", method="post", allowed=CLERK, kwargs=_scheme(stars=5)),
    *_form("ratings:open_round", CLERK, _scheme()),
    Case("ratings:rounds", allowed=READERS),
    Case("ratings:round", allowed=READERS, kwargs=_round),
    Case("ratings:excel", allowed=READERS, kwargs=_round),
    *_form("ratings:enroll", CLERK, _round),
    Case("ratings:start", method="post", allowed=CLERK, kwargs=_round),
    Case("ratings:compute", method="post", allowed=CLERK, kwargs=_round),
    Case("ratings:review_all", method="post", allowed=OFFICE, kwargs=_round),
    *_form("ratings:send_back", OFFICE, _round),
    *_form("ratings:stop", CLERK, _round),
    Case("ratings:candidate", allowed=READERS, kwargs=_candidate()),
    *_form("ratings:withdraw", CLERK, _candidate()),
    *_form("ratings:review", OFFICE, _candidate()),
    *_form("ratings:assess", CLERK | {"community_worker"}, _candidate(code="d1")),
    Case("ratings:deeds", allowed=READERS, kwargs=_candidate(code="i2")),
    Case("ratings:give_notice", method="post", allowed=CLERK, kwargs=_round),
    Case("ratings:publish", method="post", allowed=CLERK, kwargs=_round),
    Case("ratings:objection", allowed=READERS, kwargs=_of("rating_objection")),
    *_form("ratings:find", CLERK, _of("rating_objection")),
    *_form("ratings:answer", CLERK, _of("rating_objection")),
    Case("ratings:falls", allowed=READERS),
    Case("ratings:fall", allowed=READERS, kwargs=_of("rating_fall")),
    *_form("ratings:decide_fall", OFFICE, _of("rating_fall")),
    *_form("ratings:propose_fall", CLERK | {"community_worker"}, _of("rating_standing")),
    Case("ratings:board", allowed=EVERYBODY),
    Case("ratings:results", allowed=EVERYBODY, kwargs=lambda world: {"pk": world.hung_round.pk}),
    Case("ratings:paper", allowed=EVERYBODY, kwargs=lambda world: {"pk": world.hung_round.pk}),
    Case("api:list_rating_rounds", allowed=SIGNED_IN, token="ratings:read"),
    Case("api:get_rating_round", allowed=SIGNED_IN, token="ratings:read", kwargs=_of("published_round")),
    Case("api:list_standings", allowed=SIGNED_IN, token="ratings:read"),
    Case("ratings:result", allowed=EVERYBODY, kwargs=_hung_candidate),
    *_form("ratings:object", frozenset(EVERYBODY), _of("rating_notice")),
    Case("ratings:follow", allowed=EVERYBODY, kwargs=lambda world: {"token": world.rating_objection.token}),
    Case("ratings:of_organization", allowed=EVERYBODY, kwargs=lambda world: {"pk": world.organization.pk}),
    Case("ratings:of_place", allowed=EVERYBODY, kwargs=lambda world: {"pk": world.community.pk}),
]


def build(world: Any) -> None:
    """Of `world.community`: a round under assessment, one that hangs with an objection, and stars that should fall."""
    clerk = world.accounts["office_clerk"]
    world.things["rating_scheme"] = make_scheme(clerk)
    rated = rounds.open_round(clerk, scheme=make_scheme(clerk, subject="communities"), title="样例一轮", **PERIOD)
    (world.things["rated_candidate"],) = rounds.enroll(clerk, rated=rated, subjects=[world.community])
    rounds.start_assessing(clerk, rated=rated)
    world.things["rating_round"] = rated
    team = Team(world.office, world.community, clerk, world.accounts["community_worker"], world.accounts["office_leader"])
    scheme, units = make_scheme(clerk, subject="communities"), [world.community]
    hung, candidates = on_notice(team, GOOD, scheme=scheme, units=units)
    world.things["hung_round"], world.things["hung_candidate"] = hung, candidates[0]
    notice = world.things["rating_notice"] = hung.notices.get()
    world.things["rating_objection"] = raise_objection(AnonymousUser(), notice=notice, text="充电桩是坏的")
    stars, candidates = published(team, GOOD, scheme=scheme, units=units)
    world.things["published_round"] = stars
    world.things["rating_standing"] = candidates[0].results.get().standing
    world.things["rating_fall"] = propose_fall(
        clerk, scheme=stars.scheme, subject=world.community, stars_to=1, reason="消防通道被堵"
    )
