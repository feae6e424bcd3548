"""Questions about who and where."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.rooms import Found
from gongjian.registry.folding import fold_name
from gongjian.registry.models import Office, Organization, OrganizationAlias, PartyOrganization, Person, Place


def office_of_host(host: str) -> Office | None:
    """The office whose host names list `host`; otherwise the only (or first) office of the installation."""
    return Office.objects.filter(hostnames__contains=[host]).first() or Office.objects.order_by("pk").first()


def communities() -> QuerySet[Place]:
    return Place.objects.filter(level=Place.Level.COMMUNITY)


def places(level: str = "") -> QuerySet[Place]:
    found = Place.objects.select_related("parent")
    return found.filter(level=level) if level else found


def organizations(words: str = "", kind: str = "") -> QuerySet[Organization]:
    """Organizations by any of their names or the pinyin of their name."""
    found = Organization.objects.select_related("community", "parent")
    if kind:
        found = found.filter(kind=kind)
    if words:
        folded = fold_name(words)
        aliases = OrganizationAlias.objects.filter(folded__contains=folded).values("organization")
        found = found.filter(Q(pk__in=aliases) | Q(pinyin__contains=folded))
    return found


def find_organization(name: str) -> Organization | None:
    """The organization that bears exactly this name or alias, up to width and spaces."""
    alias = OrganizationAlias.objects.filter(folded=fold_name(name)).select_related("organization").first()
    return alias.organization if alias else None


def get_organization(pk: int) -> Organization:
    """Raises Missing."""
    try:
        return Organization.objects.select_related("community", "parent").prefetch_related("aliases").get(pk=pk)
    except ObjectDoesNotExist as error:
        raise Missing(_("没有这个单位。")) from error


def get_person(pk: int) -> Person:
    """Raises Missing."""
    try:
        return Person.objects.select_related("organization", "community").get(pk=pk)
    except ObjectDoesNotExist as error:
        raise Missing(_("没有这个人。")) from error


def people(words: str = "") -> QuerySet[Person]:
    found = Person.objects.select_related("organization", "community")
    return found.filter(name__contains=words) if words else found


def party_tree() -> list[tuple[int, PartyOrganization]]:
    """All party organizations in tree order, each with its depth."""
    children: dict[int | None, list[PartyOrganization]] = {}
    for organization in PartyOrganization.objects.select_related("organization", "place").order_by("name"):
        children.setdefault(organization.parent_id, []).append(organization)
    return list(_walk(children, None, 0))


def _walk(
    children: dict[int | None, list[PartyOrganization]], parent: int | None, depth: int
) -> Iterable[tuple[int, PartyOrganization]]:
    for organization in children.get(parent, []):
        yield depth, organization
        yield from _walk(children, organization.pk, depth + 1)


def search_organizations(account: Any, words: str) -> list[Found]:
    return [
        Found(_("单位"), o.name, o.get_kind_display(), reverse("desk:organization", args=[o.pk]))
        for o in organizations(words)[:8]
    ]
