"""The world of the permission matrix: two offices, somebody in every role, and others in the same role elsewhere."""

from dataclasses import dataclass, field
from typing import Any

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
    """`things` holds what the rooms' `build` functions made, by name."""

    office: Office
    community: Place
    organization: Organization
    accounts: dict[str, Account | None]
    things: dict[str, Any] = field(default_factory=dict)

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


def build_world() -> World:
    """Must be called outside any scope; the office's own host name keeps the second office from answering."""
    office = make_office(hostnames=["testserver"])
    foreign = make_office("邻街街道", hostnames=["elsewhere"])
    with scope(office=foreign):
        foreign_clerk = make_account(foreign, Role.OFFICE_CLERK)
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
    accounts: dict[str, Account | None] = {"anonymous": None, "foreign_clerk": foreign_clerk, **plain, **scoped}
    return World(office, community, organization, accounts)
