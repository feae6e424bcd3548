"""Predicates that rooms combine in their `rules.py`: who is who, and whose is what.

A predicate that is given no thing answers for "somewhere": it opens the page, the service then asks again about the thing.
"""

from collections.abc import Callable
from typing import Any

import rules

from gongjian.registry.models import Account, Organization, Role


def predicate(test: Callable[..., bool]) -> Any:
    """Marks `test(account)` or `test(account, thing)` as a predicate, to be combined with `&`, `|` and `~`."""
    return rules.predicate(test)  # type: ignore[no-untyped-call]


def _holding(*roles: str) -> Any:
    def holding(account: Account) -> bool:
        return bool(account.is_authenticated and account.is_active and account.holds(*roles))

    return predicate(holding)


anyone = rules.always_allow
is_clerk = _holding(Role.OFFICE_CLERK)
is_leader = _holding(Role.OFFICE_LEADER)
is_auditor = _holding(Role.AUDITOR)
is_community_worker = _holding(Role.COMMUNITY_WORKER)
is_liaison = _holding(Role.UNIT_LIAISON)
is_volunteer = _holding(Role.VOLUNTEER)
is_system_administrator = _holding(Role.SYSTEM_ADMINISTRATOR)
is_security_administrator = _holding(Role.SECURITY_ADMINISTRATOR)
is_audit_administrator = _holding(Role.AUDIT_ADMINISTRATOR)
is_office = is_clerk | is_leader
is_staff = is_office | is_community_worker | is_liaison | is_auditor
"""Everyone with business on the staff pages; administrators have pages of their own."""


@predicate
def is_signed_in(account: Account) -> bool:
    return bool(account.is_authenticated and account.is_active)


@predicate
def in_own_community(account: Account, thing: Any) -> bool:
    """The thing (with `place`, `community` or itself a place) lies in a community that the account works in."""
    if thing is None:
        return True
    place = getattr(thing, "place", None) or getattr(thing, "community", None) or thing
    path = getattr(place, "path", "")
    return any(path == own or path.startswith(own + "/") for own in account.community_paths())


@predicate
def of_own_organization(account: Account, thing: Any) -> bool:
    """The thing (with `organization`, or itself one) belongs to an organization that the account speaks for."""
    if thing is None:
        return True
    organization_id = thing.pk if isinstance(thing, Organization) else getattr(thing, "organization_id", None)
    return organization_id is not None and organization_id in account.organization_ids()


@predicate
def is_own_account(account: Account, thing: Any) -> bool:
    return thing is None or bool(account.pk == thing.pk)


def grant(permissions: dict[str, Any]) -> None:
    """Register a room's table of permissions."""
    for name, granted in permissions.items():
        rules.add_perm(name, granted)  # type: ignore[no-untyped-call]
