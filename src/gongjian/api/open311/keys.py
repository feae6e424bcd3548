"""Who a key belongs to."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongjian.kernel.errors import NotAllowed
from gongjian.registry.models import Account, Office
from gongjian.registry.tokens import account_by_secret

SCOPE = "open311:write"
MOST_PER_HOUR = 600
WINDOW = timedelta(hours=1)


def account_of(key: str, office: Office) -> Account | None:
    """Whom `key` acts as here: it is the secret of an API token with this scope. None for any other."""
    return account_by_secret(key, office=office, scope=SCOPE) if key else None


def key_in(request: HttpRequest) -> str:
    return str(request.POST.get("api_key") or request.GET.get("api_key") or "").strip()


def reader(request: HttpRequest) -> Account | None:
    """Who asks, where a key was sent; None for a stranger or a key that is not good."""
    return account_of(key_in(request), _office(request))


def sender(request: HttpRequest) -> tuple[Account, str, int]:
    """Who reports, the key, and how often it may within an hour. Raises NotAllowed without a good key."""
    key = key_in(request)
    account = account_of(key, _office(request))
    if account is None:
        raise NotAllowed(_("缺少 api_key，或这个 api_key 在这里无效。"), code="api-key")
    return account, key, MOST_PER_HOUR


def _office(request: Any) -> Office:
    office: Office = request.office
    return office
