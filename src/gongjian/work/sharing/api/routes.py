"""The one router: a path belongs to one, whether it is read or written."""

from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from gongjian.kernel.errors import Invalid
from gongjian.registry.models import Account, Organization
from gongjian.registry.tokens import TokenAuth
from gongjian.work.sharing.models import Venue
from gongjian.work.sharing.selectors.venues import venues

Thing = TypeVar("Thing")
WRITES = TokenAuth("sharing:write")
router = Router(tags=["sharing"], auth=TokenAuth("sharing:read"))


def account_of(request: HttpRequest) -> Account:
    """Whom the token acts as."""
    return request.user  # type: ignore[return-value]


def organization_of(pk: int | None) -> Organization | None:
    return None if pk is None else named(Organization.objects.filter(pk=pk).first(), "organization", pk)


def venue_of(pk: int) -> Venue:
    return named(venues().filter(pk=pk).first(), "venue", pk)


def named(thing: Thing | None, field: str, pk: int) -> Thing:
    """Raises Invalid beside the field that names nothing."""
    if thing is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": pk}, code="unknown", field=field)
    return thing
