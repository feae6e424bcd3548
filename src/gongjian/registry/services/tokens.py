"""Keys for machines: each acts as its account, within its scopes, for a time."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, ApiToken
from gongjian.registry.scopes import SCOPES


@transaction.atomic
def issue_token(actor: Account, *, name: str, scopes: list[str], days: int = 90) -> tuple[ApiToken, str]:
    """A token that acts as `actor`, and its secret, shown only now. Raises Invalid for a lifetime or scope that cannot be."""
    require(actor, "registry.manage_own_tokens")
    if not 1 <= days <= 366:
        raise Invalid(_("令牌有效期为 1 到 366 天。"), code="days", field="days")
    if not scopes or not set(scopes) <= SCOPES.keys():
        raise Invalid(_("请至少选一个范围。"), code="scopes", field="scopes")
    secret = "gj_" + secrets.token_urlsafe(32)
    return keep_token(actor, name=name, secret=secret, scopes=scopes, days=days), secret


def keep_token(account: Account, *, name: str, secret: str, scopes: list[str], days: int = 366) -> ApiToken:
    """The bare act, for setting up an installation whose key is known beforehand; one that is kept already lasts anew."""
    lasting = {"expires_at": clock.now() + timedelta(days=days)}
    about = {"account": account, "name": name.strip(), "scopes": sorted(set(scopes)), "created_at": clock.now()}
    token, _created = ApiToken.objects.update_or_create(
        secret_hash=hash_secret(secret), defaults=lasting, create_defaults=lasting | about
    )
    audit.record(account, "registry.issue_token", token, scopes=token.scopes)
    return token


@transaction.atomic
def revoke_token(actor: Account, *, token: ApiToken) -> ApiToken:
    """Raises Missing for somebody else's token, Conflict if it was revoked before."""
    require(actor, "registry.manage_own_tokens")
    if token.account_id != actor.pk:
        raise Missing(_("没有这个令牌。"))
    if token.revoked_at is not None:
        raise Conflict(_("这个令牌已经吊销了。"), code="revoked")
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    audit.record(actor, "registry.revoke_token", token)
    return token


def hash_secret(secret: str) -> str:
    """A plain hash is enough: the secret is 256 random bits, not a password."""
    return hashlib.sha256(secret.encode()).hexdigest()
