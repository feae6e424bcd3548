"""What the office has decided about its whistles."""

from django.db.models import QuerySet
from django_scopes import get_scope

from gongjian.work.whistles.models import Category, Policy


def policy() -> Policy:
    """The office's policy; the shipped defaults, unsaved, while it has none."""
    return Policy.objects.first() or Policy(office=get_scope()["office"])


def categories() -> QuerySet[Category]:
    return Category.objects.filter(active=True).select_related("lead")
