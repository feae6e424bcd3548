"""The one router: a path belongs to one, whether it is read or written."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from gongjian.kernel.errors import Invalid
from gongjian.kernel.rest import Problem
from gongjian.registry.models import Account, Organization
from gongjian.registry.tokens import TokenAuth

WRITES = TokenAuth("sharing:write")
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}
router = Router(tags=["sharing"], auth=TokenAuth("sharing:read"))


def account_of(request: HttpRequest) -> Account:
    """Whom the token acts as."""
    return request.user  # type: ignore[return-value]


def organization_of(pk: int | None) -> Organization | None:
    """Raises Invalid for a number that names none."""
    if pk is None:
        return None
    found = Organization.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": pk}, code="unknown", field="organization")
    return found
