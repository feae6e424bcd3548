"""The one router: a path belongs to one, whether it is read or written."""

from django.http import HttpRequest
from ninja import Router

from gongjian.kernel.rest import Problem
from gongjian.registry.models import Account
from gongjian.registry.tokens import TokenAuth

WRITES = TokenAuth("volunteering:write")
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
router = Router(tags=["volunteering"], auth=TokenAuth("volunteering:read"))


def account_of(request: HttpRequest) -> Account:
    """Whom the token acts as."""
    return request.user  # type: ignore[return-value]
