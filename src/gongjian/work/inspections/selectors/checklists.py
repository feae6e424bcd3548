"""The lists in use, shipped ones where the office has none of its own."""

from dataclasses import dataclass

from gongjian.work.inspections.models import Checklist, Kind
from gongjian.work.inspections.services.checklists import shipped


@dataclass(frozen=True)
class Listed:
    """`version` 0: as shipped, not used yet."""

    kind: str
    name: str
    version: int
    items: list[str]


def checklists() -> list[Listed]:
    """All kinds; two queries."""
    own = {one.kind: one for one in Checklist.objects.filter(current=True).prefetch_related("items")}
    given = shipped()
    return [_listed(Kind(kind), own.get(kind), given[kind]) for kind in Kind.values]


def _listed(kind: Kind, own: Checklist | None, given: list[str]) -> Listed:
    items = [item.text for item in own.items.all()] if own else given
    return Listed(str(kind), str(kind.label), own.version if own else 0, items)
