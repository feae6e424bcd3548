"""The matrix of URLs that no room owns: probes, sign-in pages of allauth, the API's own documents."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import EVERYBODY, SIGNED_IN

WITH_SECOND_FACTOR = frozenset({"resident"})
"""Whom `build` gives an authenticator app, recovery codes and a passkey."""


def _form(name: str, allowed: frozenset[str], **more: Any) -> list[Case]:
    return [Case(name, allowed=allowed, **more), Case(name, method="post", allowed=allowed, **more)]


def _own_passkey(world: Any) -> dict[str, Any]:
    return {"pk": world.things["passkey"].pk}


MATRIX = [
    Case("health", allowed=EVERYBODY),
    Case("metrics", allowed=EVERYBODY),
    Case("set_language", method="post", allowed=EVERYBODY),
    Case("api:api-root", allowed=()),
    Case("no_such_operation", allowed=(), kwargs=lambda world: {"rest": "v1/nothing"}),
    Case("api:openapi-json", allowed=EVERYBODY),
    Case("api:openapi-view", allowed=EVERYBODY),
    *_form("account_login", frozenset(EVERYBODY)),
    *_form("account_logout", frozenset(EVERYBODY)),
    Case("account_inactive", allowed=EVERYBODY),
    *_form("account_change_password", SIGNED_IN),
    *_form("account_reauthenticate", SIGNED_IN),
    Case("mfa_index", allowed=SIGNED_IN),
    *_form("mfa_authenticate", frozenset()),  # a step between password and sign-in, never a page of its own
    *_form("mfa_login_webauthn", frozenset(EVERYBODY)),
    *_form("mfa_activate_totp", SIGNED_IN),
    *_form("mfa_deactivate_totp", WITH_SECOND_FACTOR),
    *_form("mfa_generate_recovery_codes", WITH_SECOND_FACTOR),
    Case("mfa_view_recovery_codes", allowed=WITH_SECOND_FACTOR),
    Case("mfa_download_recovery_codes", allowed=WITH_SECOND_FACTOR),
    *_form("mfa_reauthenticate", SIGNED_IN),
    *_form("mfa_reauthenticate_webauthn", SIGNED_IN),
    Case("mfa_list_webauthn", allowed=SIGNED_IN),
    *_form("mfa_add_webauthn", SIGNED_IN),
    *_form("mfa_edit_webauthn", WITH_SECOND_FACTOR, kwargs=_own_passkey),
    *_form("mfa_remove_webauthn", WITH_SECOND_FACTOR, kwargs=_own_passkey),
]


def build(world: Any) -> None:
    account = world.accounts["resident"]
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    world.things["passkey"] = Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "样例钥匙", "passwordless": True, "credential": {}}
    )
