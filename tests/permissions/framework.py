"""The matrix of URLs that no room owns: probes, sign-in pages of allauth, the API's own documents."""

from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

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
    *_form("mfa_authenticate", SIGNED_IN),  # a step of signing in: who is in already goes on, a stranger back to the door
    Case("mfa_login_webauthn", allowed=SIGNED_IN),
    *_form("mfa_activate_totp", SIGNED_IN),
    *_form("mfa_deactivate_totp", WITH_SECOND_FACTOR),
    *_form("mfa_generate_recovery_codes", SIGNED_IN),  # without a second factor the form refuses
    Case("mfa_view_recovery_codes", allowed=WITH_SECOND_FACTOR),
    Case("mfa_download_recovery_codes", allowed=WITH_SECOND_FACTOR),
    *_form("mfa_reauthenticate", SIGNED_IN),
    Case("mfa_reauthenticate_webauthn", allowed=SIGNED_IN),
    Case("mfa_list_webauthn", allowed=SIGNED_IN),
    *_form("mfa_add_webauthn", SIGNED_IN),
    *_form("mfa_edit_webauthn", WITH_SECOND_FACTOR, kwargs=_own_passkey),
    *_form("mfa_remove_webauthn", WITH_SECOND_FACTOR, kwargs=_own_passkey),
]


def build(world: Any) -> None:
    account = world.accounts["resident"]
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    world.things["passkey"] = WebAuthn.add(account, "样例钥匙", make_credential()).instance


def make_credential() -> dict[str, Any]:
    """What a browser sends when a passkey is made."""
    public_key = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    data = AttestedCredentialData.create(Aaguid.NONE, b"sample credential", public_key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    attestation = AttestationObject.create("none", AuthenticatorData.create(sha256(b"testserver"), flags, 0, data), {})
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"challenge", "https://testserver")
    name = websafe_encode(b"sample credential")
    return {
        "id": name,
        "rawId": name,
        "type": "public-key",
        "response": {"clientDataJSON": client.b64, "attestationObject": websafe_encode(attestation)},
    }
