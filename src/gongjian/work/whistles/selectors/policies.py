"""What the office has decided about its whistles."""

from copy import copy

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_scopes import get_scope

from gongjian.kernel.errors import Missing
from gongjian.kernel.kept import kept
from gongjian.work.whistles.models import Category, Policy
from gongjian.work.whistles.models.policies import KEPT
from gongjian.work.whistles.words.rules import KeywordCategory


def policy() -> Policy:
    """The office's policy; the shipped defaults, unsaved, while it has none. Read once for each office object,
    which lives as long as a request or a job.
    """
    office = get_scope()["office"]
    if KEPT not in office.__dict__:
        office.__dict__[KEPT] = copy(kept("whistles.policy", lambda: Policy.objects.first() or Policy(office=office)))
    found: Policy = office.__dict__[KEPT]
    return found


def categories() -> QuerySet[Category]:
    return Category.objects.filter(active=True).select_related("lead")


def keywords() -> tuple[KeywordCategory, ...]:
    """Of the categories in use."""
    return kept("whistles.keywords", lambda: tuple(KeywordCategory(c.code, tuple(c.keywords)) for c in categories()))


def category_by_code(code: str) -> Category | None:
    """One that is in use."""
    found = kept(("whistles.category", code), lambda: categories().filter(code=code).first())
    return copy(found)


def all_categories() -> QuerySet[Category]:
    """Those that are out of use too, last."""
    return Category.objects.select_related("lead").order_by("-active", "major", "minor")


def get_category(pk: int) -> Category:
    found = all_categories().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个类别。"))
    return found
