"""Passwords: kept, aged, never used again at once."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.registry.models import Account

FORMER_PASSWORDS = 4


def keep_password(account: Account, password: str | None, *, temporary: bool = False) -> None:
    """Set it and remember the one before. A temporary one must be changed at the first sign-in.

    The real time counts here, not the clock that a demo may have set to a past year: played time does not age a password.
    """
    former = [account.password, *account.former_passwords] if account.password else account.former_passwords
    account.former_passwords = former[:FORMER_PASSWORDS]
    account.set_password(password)
    account.password_changed_at = None if temporary else timezone.now()
    account.save()


def password_is_due(account: Account) -> bool:
    """Somebody else set it, or it is older than `PASSWORD_DAYS` (0: never too old)."""
    if not account.has_usable_password():
        return False
    if account.password_changed_at is None:
        return True
    lifetime = timedelta(days=settings.PASSWORD_DAYS)
    return bool(lifetime) and clock.now() - account.password_changed_at > lifetime


def was_used_before(account: Account, password: str) -> bool:
    """One of the present and the former passwords."""
    return any(check_password(password, kept) for kept in [account.password, *account.former_passwords] if kept)


def make_temporary_password() -> str:
    """Readable aloud: no characters that are mistaken for one another; always of three classes."""
    letters = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(5))
    capitals = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(4))
    digits = "".join(secrets.choice("23456789") for _ in range(5))
    return f"{capitals}-{letters}-{digits}"
