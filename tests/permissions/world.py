"""The world of the permission matrix: two offices alike, with somebody in every role in each."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django_scopes import scope

from gongjian.registry.models import Account, Office, Organization, Place, Role
from gongjian.registry.tests.factories import (
    first_community,
    make_account,
    make_community,
    make_office,
    make_organization,
)


@dataclass
class World:
    """One office. `things` holds what the rooms' `build` functions made, by name; they also stand as attributes.
    `sessions` are the keys of sessions that stand signed in, by account.

    Rooms build the same things in both offices, so what they make must be unique by office only.
    """

    office: Office
    community: Place
    organization: Organization
    accounts: dict[str, Account | None]
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[int, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError as error:
            raise AttributeError(name) from error


EVERYBODY = (
    "anonymous",
    "resident",
    "volunteer",
    "community_worker",
    "other_community_worker",
    "unit_liaison",
    "other_unit_liaison",
    "office_clerk",
    "office_leader",
    "auditor",
    "system_administrator",
    "security_administrator",
    "audit_administrator",
    "foreign_clerk",
)
SIGNED_IN = frozenset(EVERYBODY) - {"anonymous", "foreign_clerk"}
STAFF = frozenset(
    {
        "community_worker",
        "other_community_worker",
        "unit_liaison",
        "other_unit_liaison",
        "office_clerk",
        "office_leader",
        "auditor",
    }
)
OFFICE = frozenset({"office_clerk", "office_leader"})


def build_worlds() -> tuple[World, World]:
    """Here and elsewhere; must be called outside any scope. The host name `testserver` is that of the first office."""
    here = _build(make_office(hostnames=["testserver"]))
    elsewhere = _build(make_office("邻街街道", hostnames=["elsewhere"]))
    here.accounts["foreign_clerk"] = elsewhere.accounts["office_clerk"]
    elsewhere.accounts["foreign_clerk"] = here.accounts["office_clerk"]
    return here, elsewhere


def sign_everybody_in(worlds: tuple[World, World]) -> None:
    """Once, because every request needs it; each test rolls back what it does to the session."""
    accounts = {account.pk: account for world in worlds for account in world.accounts.values() if account is not None}
    keys = {pk: _signed_in(account) for pk, account in accounts.items()}
    for world in worlds:
        world.sessions = keys


def _signed_in(account: Account) -> str:
    """By password, as allauth notes it, and seen just now: dated ahead, so that a long run does not outlast it."""
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[1])
    session, tomorrow = client.session, time.time() + 86_400
    session["account_authentication_methods"] = [{"method": "password", "at": tomorrow, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(account.pk)
    session["last_seen"] = tomorrow
    session.save()
    return session.session_key


def _build(office: Office) -> World:
    with scope(office=office):
        community, other_community = first_community(office), make_community(office)
        organization, other = make_organization(office), make_organization(office)
        plain = {role: make_account(office, role) for role in Role.values if role not in ("community_worker", "unit_liaison")}
        scoped = {
            "community_worker": make_account(office, Role.COMMUNITY_WORKER, community=community),
            "other_community_worker": make_account(office, Role.COMMUNITY_WORKER, community=other_community),
            "unit_liaison": make_account(office, Role.UNIT_LIAISON, organization=organization),
            "other_unit_liaison": make_account(office, Role.UNIT_LIAISON, organization=other),
        }
    return World(office, community, organization, {"anonymous": None, **plain, **scoped})
