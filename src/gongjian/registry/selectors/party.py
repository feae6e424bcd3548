"""The tree of party organizations."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import PartyOrganization

Children = dict[int | None, list[PartyOrganization]]


def party_tree() -> list[tuple[int, PartyOrganization]]:
    """All party organizations in tree order, each with its depth."""
    children: Children = {}
    for organization in PartyOrganization.objects.select_related("organization", "place").order_by("name"):
        children.setdefault(organization.parent_id, []).append(organization)
    return list(_walk(children, None, 0))


def _walk(children: Children, parent: int | None, depth: int) -> Iterable[tuple[int, PartyOrganization]]:
    for organization in children.get(parent, []):
        yield depth, organization
        yield from _walk(children, organization.pk, depth + 1)


def get_party_organization(pk: int) -> PartyOrganization:
    """Raises Missing."""
    found = PartyOrganization.objects.select_related("parent", "organization", "place").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个党组织。"))
    return found
