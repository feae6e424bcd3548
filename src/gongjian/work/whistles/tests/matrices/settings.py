from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.work.whistles.tests.factories import make_category
from tests.permissions.world import OFFICE

CALENDAR = frozenset({"office_clerk", "system_administrator"})


def _form(url_name: str, allowed: frozenset[str], **more: Any) -> list[Case]:
    return [Case(url_name, allowed=allowed, **more), Case(url_name, method="post", allowed=allowed, **more)]


MATRIX: list[Case] = [
    *_form("whistles:policy", OFFICE),
    Case("whistles:categories", allowed=OFFICE),
    *_form("whistles:add_category", OFFICE),
    Case("whistles:load_categories", method="post", allowed=OFFICE),
    *_form("whistles:category", OFFICE, kwargs=lambda world: {"pk": world.things["whistle_category"].pk}),
    *_form("whistles:calendar", CALENDAR),
    Case("whistles:drop_correction", method="post", allowed=CALENDAR),
]


def build(world: Any) -> None:
    world.things["whistle_category"] = make_category()
