"""The registers for machines: organizations, places, party organizations. Reading only; scope `registry:read`."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from gongjian.kernel.permissions import require
from gongjian.kernel.rest import OneOf, Paged, Paging, paged
from gongjian.registry import selectors
from gongjian.registry.models import Organization, PartyOrganization, Place
from gongjian.registry.tokens import TokenAuth

OrganizationKind = Annotated[str, OneOf(Organization.Kind)]
PlaceLevel = Annotated[str, OneOf(Place.Level)]
PartyOrganizationKind = Annotated[str, OneOf(PartyOrganization.Kind)]
router = Router(tags=["registry"], auth=TokenAuth("registry:read"))


class OrganizationOut(Schema):
    id: int
    name: str
    short_name: str
    kind: OrganizationKind
    credit_code: str
    address: str
    parent_id: int | None
    community: str | None
    """The community's division code."""
    aliases: list[str]

    @staticmethod
    def resolve_community(organization: Organization) -> str | None:
        return organization.community.code if organization.community else None

    @staticmethod
    def resolve_aliases(organization: Organization) -> list[str]:
        return sorted(alias.name for alias in organization.aliases.all())


class PlaceOut(Schema):
    code: str
    level: PlaceLevel
    name: str
    official_name: str
    parent: str | None
    """The code of the place above."""
    latitude: float | None
    longitude: float | None

    @staticmethod
    def resolve_parent(place: Place) -> str | None:
        return place.parent.code if place.parent else None


class PartyOrganizationOut(Schema):
    id: int
    name: str
    kind: PartyOrganizationKind
    depth: int
    parent_id: int | None
    organization_id: int | None
    founded: date | None
    dissolved: date | None


class OrganizationQuery(Schema):
    words: str = ""
    kind: OrganizationKind | None = None


@router.get("/organizations", response=Paged[OrganizationOut])
def list_organizations(request: HttpRequest, wanted: Query[OrganizationQuery], paging: Query[Paging]) -> object:
    """By any of their names, or by pinyin, whole or initials."""
    require(request.user, "registry.view_register")
    found = selectors.organizations(wanted.words, wanted.kind or "").prefetch_related("aliases")
    return paged(found, paging, order=["pinyin", "pk"])


@router.get("/organizations/{pk}", response=OrganizationOut)
def get_organization(request: HttpRequest, pk: int) -> object:
    require(request.user, "registry.view_register")
    return selectors.get_organization(pk)


@router.get("/places", response=Paged[PlaceOut])
def list_places(request: HttpRequest, paging: Query[Paging], level: PlaceLevel | None = None) -> object:
    """In the order of the tree: a place stands before what is inside it."""
    require(request.user, "registry.view_register")
    return paged(selectors.places(level or ""), paging, order=["path", "pk"])


@router.get("/party-organizations", response=list[PartyOrganizationOut])
def list_party_organizations(request: HttpRequest) -> object:
    """The whole tree, each after the one above it; dissolved ones too."""
    require(request.user, "registry.view_register")
    return [_with_depth(depth, party) for depth, party in selectors.party_tree()]


def _with_depth(depth: int, party: PartyOrganization) -> PartyOrganizationOut:
    facts = {name: getattr(party, name) for name in PartyOrganizationOut.model_fields if name != "depth"}
    return PartyOrganizationOut(depth=depth, **facts)
