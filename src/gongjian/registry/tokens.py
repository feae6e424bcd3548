"""Machines sign in with a bearer token that is limited to scopes; signed-in people may use the API from their session."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from gongjian.kernel import clock
from gongjian.registry.models import Account, ApiToken
from gongjian.registry.services.accounts import hash_secret

SCOPES = ("registry:read", "ledger:read", "ledger:write", "honors:read")


class TokenAuth(HttpBearer):
    """Lets in who holds `scope`. The services still ask what the token's account itself may do."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        known = ApiToken.objects.select_related("account__office").filter(secret_hash=hash_secret(token)).first()
        if known is None or not self._is_good(known, request):
            return None
        _note_use(known)
        request.user = known.account
        return known.account

    def _is_good(self, token: ApiToken, request: Any) -> bool:
        return (
            token.revoked_at is None
            and token.expires_at > clock.now()
            and self.scope in token.scopes
            and token.account.is_active
            and token.account.office_id == request.office.pk
        )


def _note_use(token: ApiToken) -> None:
    """To the minute is enough, and spares a write per request."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
