"""The accounts that the measurements act as. Nobody can sign in with them by a password."""

from typing import Any


def account(office: Any, username: str, role: str, community: Any = None) -> Any:
    """The account of that name with that role, made when it is missing. Call inside the office's scope."""
    from gongjian.registry.models import Account
    from gongjian.registry.services.accounts import add_account
    from gongjian.registry.services.roles import add_role

    username = f"benchmark-{username}-{office.code}"
    found = Account.objects.select_related("office").filter(username=username).first()
    if found is None:
        found = add_account(office, username=username, name="性能测试", password=None)
        add_role(found, role, community=community)
    return found


def clerk(office: Any) -> Any:
    return account(office, "clerk", "office_clerk")


def leader(office: Any) -> Any:
    return account(office, "leader", "office_leader")


def worker(office: Any, community: Any) -> Any:
    return account(office, f"worker-{community.code}", "community_worker", community)
