"""Organizations under all their names."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.rooms import Found
from gongjian.registry.folding import fold_name
from gongjian.registry.models import Organization, OrganizationAlias


def organizations(words: str = "", kind: str = "") -> QuerySet[Organization]:
    """Organizations by any of their names or the pinyin of their name, whole or initials."""
    found = Organization.objects.select_related("community", "parent")
    if kind:
        found = found.filter(kind=kind)
    if folded := fold_name(words):
        aliases = OrganizationAlias.objects.filter(folded__contains=folded).values("organization")
        found = found.filter(Q(pk__in=aliases) | Q(pinyin__contains=folded))
    return found


def find_organization(name: str) -> Organization | None:
    """The organization that bears exactly this name or alias, up to width and spaces."""
    alias = OrganizationAlias.objects.filter(folded=fold_name(name)).select_related("organization").first()
    return alias.organization if alias else None


def get_organization(pk: int) -> Organization:
    """Raises Missing."""
    found = Organization.objects.select_related("community", "parent").prefetch_related("aliases").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个单位。"))
    return found


def search_organizations(account: Any, words: str) -> list[Found]:
    return [
        Found(_("单位"), o.name, o.get_kind_display(), reverse("desk:organization", args=[o.pk]))
        for o in organizations(words)[:8]
    ]
