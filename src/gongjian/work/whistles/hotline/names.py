"""What communities and categories may be called in a sheet."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from gongjian.registry.models import Place
from gongjian.registry.selectors import communities
from gongjian.work.whistles.hotline.rows import Names
from gongjian.work.whistles.models import Category
from gongjian.work.whistles.selectors.policies import categories

Thing = TypeVar("Thing")


def names() -> Names:
    return Names(places=_places(), categories=_categories())


def _places() -> dict[str, Place]:
    """Codes, and names with and without 社区; what two are called names neither."""
    return _unambiguous(
        (name, place)
        for place in communities()
        for name in {place.code, place.name, place.official_name, place.name.removesuffix("社区")}
    )


def _categories() -> dict[str, Category]:
    return _unambiguous(
        (name, category) for category in categories() for name in {category.code, str(category), category.minor}
    )


def _unambiguous(pairs: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    found = [(name, thing) for name, thing in pairs if name]
    count = Counter(name for name, _thing in found)
    return {name: thing for name, thing in found if count[name] == 1}
