"""Machines sign in with a bearer token that is limited to scopes."""

from copy import copy
from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from gongjian.kernel import clock
from gongjian.kernel.errors import NotAllowed
from gongjian.kernel.kept import kept
from gongjian.registry.models import Account, ApiToken, Office
from gongjian.registry.services.tokens import hash_secret


class TokenAuth(HttpBearer):
    """Lets in who holds `scope`. The services still ask what the token's account itself may do."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """None (401) for a token that is not good here; raises NotAllowed (403) for a good one of too small a scope."""
        known = _token(token)
        if known is None or not _is_good(known, request.office):  # type: ignore[attr-defined]
            return None
        if self.scope not in known.scopes:
            raise NotAllowed(_("这个令牌没有 %(scope)s 这个范围。") % {"scope": self.scope}, code="scope")
        _note_use(known)
        request.user = account = copy(known.account)
        return account


def account_by_secret(secret: str, *, office: Office, scope: str) -> Account | None:
    """Whom a secret of `scope` acts as, for doors where it does not come as a bearer token; None if it is not good here."""
    known = _token(secret)
    if known is None or not _is_good(known, office) or scope not in known.scopes:
        return None
    _note_use(known)
    return copy(known.account)


def _token(secret: str) -> ApiToken | None:
    """With its account, and the roles that this holds."""
    hashed = hash_secret(secret)
    return kept(("registry.token", hashed), lambda: _read_token(hashed))


def _read_token(hashed: str) -> ApiToken | None:
    found = ApiToken.objects.select_related("account__office").filter(secret_hash=hashed).first()
    if found is not None:
        found.account.active_assignments  # noqa: B018  read now, so that every copy has them
    return found


def _is_good(token: ApiToken, office: Office) -> bool:
    return (
        token.revoked_at is None
        and token.expires_at > clock.now()
        and token.account.is_active
        and token.account.office_id == office.pk
    )


def _note_use(token: ApiToken) -> None:
    """To the minute is enough, and spares a write per request."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        token.last_used_at = now
