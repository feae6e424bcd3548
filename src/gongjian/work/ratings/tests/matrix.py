from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.work.ratings.tests.factories import make_scheme

CLERK = frozenset({"office_clerk"})
READERS = CLERK | {"office_leader", "auditor", "community_worker", "other_community_worker"}


def _form(name: str, allowed: frozenset[str], kwargs: Any = Case.kwargs) -> list[Case]:
    return [Case(name, allowed=allowed, kwargs=kwargs), Case(name, method="post", allowed=allowed, kwargs=kwargs)]


def _scheme(**more: Any) -> Any:
    return lambda world: {"pk": world.scheme.pk, **more}


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
]


def build(world: Any) -> None:
    world.things["scheme"] = make_scheme(world.accounts["office_clerk"])
