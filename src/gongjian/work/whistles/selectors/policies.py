"""What the office has decided about its whistles."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_scopes import get_scope

from gongjian.kernel.errors import Missing
from gongjian.work.whistles.models import Category, Policy


def policy() -> Policy:
    """The office's policy; the shipped defaults, unsaved, while it has none."""
    return Policy.objects.first() or Policy(office=get_scope()["office"])


def categories() -> QuerySet[Category]:
    return Category.objects.filter(active=True).select_related("lead")


def all_categories() -> QuerySet[Category]:
    """Those that are out of use too, last."""
    return Category.objects.select_related("lead").order_by("-active", "major", "minor")


def get_category(pk: int) -> Category:
    found = all_categories().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个类别。"))
    return found
