"""The one router: a path belongs to one, whether it is read or written."""

from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from gongjian.kernel.errors import Invalid
from gongjian.kernel.rest import Problem
from gongjian.registry.models import Account, Organization, Place
from gongjian.registry.tokens import TokenAuth

Thing = TypeVar("Thing")
WRITES = TokenAuth("cobuilding:write")
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
router = Router(tags=["cobuilding"], auth=TokenAuth("cobuilding:read"))


def account_of(request: HttpRequest) -> Account:
    """Whom the token acts as."""
    return request.user  # type: ignore[return-value]


def place_of(code: str) -> Place:
    return named(Place.objects.filter(code=code).first(), "place", code)


def organization_of(pk: int) -> Organization:
    return named(Organization.objects.filter(pk=pk).first(), "organization", pk)


def named(thing: Thing | None, field: str, code: object) -> Thing:
    """Raises Invalid beside the field that names nothing."""
    if thing is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": code}, code="unknown", field=field)
    return thing
