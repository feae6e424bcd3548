"""What the office has decided about its whistles."""

from django.db.models import QuerySet
from django_scopes import get_scope

from gongjian.work.whistles.models import Category, Policy

_KEPT = "_whistle_policy"
"""An office object lives as long as a request or a job, so nobody else's change is missed for longer."""


def policy() -> Policy:
    """The office's policy; the shipped defaults, unsaved, while it has none. Read once for each office object."""
    office = get_scope()["office"]
    if _KEPT not in office.__dict__:
        office.__dict__[_KEPT] = Policy.objects.first() or Policy(office=office)
    found: Policy = office.__dict__[_KEPT]
    return found


def forget_policy() -> None:
    """After it was changed."""
    get_scope()["office"].__dict__.pop(_KEPT, None)


def categories() -> QuerySet[Category]:
    return Category.objects.filter(active=True).select_related("lead")
