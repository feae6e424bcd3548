"""Signing in: an account opens only the door of its own office."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from gongjian.kernel import audit
from gongjian.registry.models import Account


class OfficeAuthenticationBackend(AuthenticationBackend):
    """Passwords by allauth; an account of another office does not exist at this address."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        account: Account | None = super().authenticate(request, **credentials)
        office = getattr(request, "office", None)
        if account is None or (office is not None and account.office_id != office.pk):
            return None
        return account

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Permissions are the rules' business alone; see `rules.permissions.ObjectPermissionBackend`."""
        return False


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the system administrator, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        audit.record(None, "registry.sign_in_failed", username=str(credentials.get("username", ""))[:60])

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        audit.record(user, "registry.sign_in", user)
        return super().post_login(request, user, **kwargs)
