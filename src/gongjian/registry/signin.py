"""Signing in: an account opens only the door of its own office, and what happens at the door is in the audit log."""

from functools import cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedFieldMixin

from gongjian.kernel import audit
from gongjian.kernel.locking import lock
from gongjian.kernel.web.addresses import client_address
from gongjian.registry.lockout import SIGN_IN, SIGN_IN_FAILED, is_locked
from gongjian.registry.models import Account
from gongjian.registry.services.passwords import keep_password


class OfficeAuthenticationBackend(AuthenticationBackend):
    """Passwords by allauth. An account of another office, or a closed one, is told what a stranger is told."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        account: Account | None = super().authenticate(request, **credentials)
        office = getattr(request, "office", None)
        if account is None or (office is not None and account.office_id != office.pk):
            self.unstash_authenticated_user()
            return None
        return account

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Permissions are the rules' business alone; see `rules.permissions.ObjectPermissionBackend`."""
        return False


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the system administrator, never by signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("用户名或密码不对。连续输错 5 次，账号会锁 30 分钟。"),
        "too_many_login_attempts": _("输错的次数太多，为安全起见先锁住了，30 分钟后再试。急着用，请找系统管理员重设密码。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """One try at a time for each name, so that guessing in parallel gains nothing."""
        with transaction.atomic():
            lock(f"sign-in:{_office(request)}:{_username(credentials)}")
            return super().authenticate(request, **credentials)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if is_locked(_office(request), _username(credentials)):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        audit.record(None, SIGN_IN_FAILED, username=_username(credentials))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        audit.record(user, SIGN_IN, user)
        return super().post_login(request, user, **kwargs)

    def set_password(self, user: Any, password: str) -> None:
        keep_password(user, password)
        audit.record(user, "registry.change_password", user)


def _office(request: Any) -> int:
    return int(request.office.pk)


def _username(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).strip().lower()[:60]


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


@cache
def _cipher() -> MultiFernet:
    """The same keys as the encrypted fields', rotated with them."""
    return MultiFernet([Fernet(key) for key in EncryptedFieldMixin().keys])


def note_sign_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """By button, by idleness, or at another office's address."""
    if user is not None:
        audit.record(user, "registry.sign_out", user)
