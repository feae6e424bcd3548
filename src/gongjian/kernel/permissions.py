"""Asking whether somebody may. The rules themselves stand in each room's `rules.py`."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.errors import NotAllowed


def may(account: Any, permission: str, thing: Any = None) -> bool:
    """True if `account` holds `room.verb` on `thing`. An unknown permission is a programming error and raises KeyError."""
    if not rules.perm_exists(permission):  # type: ignore[no-untyped-call]
        raise KeyError(permission)
    return bool(account is not None and rules.has_perm(permission, account, thing))  # type: ignore[no-untyped-call]


def require(account: Any, permission: str, thing: Any = None) -> None:
    """Raises NotAllowed unless `account` may."""
    if not may(account, permission, thing):
        raise NotAllowed(_("您的账号不能做这件事。如果这本该由您来办，请找系统管理员核对您的角色。"), code=permission)
