from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.registry.services.organizations import enter_organization
from gongjian.registry.services.party import found_party_organization
from gongjian.registry.services.people import enter_person, give_consent
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import make_account
from tests.permissions.world import OFFICE, SIGNED_IN, STAFF

CLERK = frozenset({"office_clerk"})
SYSTEM = frozenset({"system_administrator"})
SECURITY = frozenset({"security_administrator"})
AUDIT = frozenset({"audit_administrator", "auditor"})
PEOPLE = OFFICE | {"auditor", "community_worker"}


def pk(name: str) -> dict[str, Any]:
    return {"kwargs": lambda world: {"pk": world.things[name].pk}}


def form(url_name: str, allowed: frozenset[str], **more: Any) -> list[Case]:
    return [Case(url_name, allowed=allowed, **more), Case(url_name, method="post", allowed=allowed, **more)]


MATRIX = [
    Case("registry:organizations", allowed=STAFF),
    Case("registry:organizations_export", allowed=STAFF),
    *form("registry:enter_organization", CLERK),
    Case("registry:organization", allowed=STAFF, **pk("registered")),
    *form("registry:edit_organization", CLERK, **pk("registered")),
    *form("registry:add_alias", CLERK, **pk("registered")),
    Case("registry:party", allowed=STAFF),
    *form("registry:found_party", CLERK),
    Case("registry:party_organization", allowed=STAFF, **pk("party")),
    *form("registry:dissolve_party", CLERK, **pk("party")),
    Case("registry:places", allowed=STAFF),
    *form("registry:add_place", CLERK, kwargs=lambda world: {"pk": world.community.pk}),
    Case("registry:people", allowed=PEOPLE | {"other_community_worker"}),
    *form("registry:enter_person", CLERK),
    Case("registry:data_requests", allowed=PEOPLE | {"other_community_worker"}),
    Case("registry:person", allowed=PEOPLE, **pk("neighbor")),
    Case("registry:reveal_person", method="post", allowed=CLERK | {"community_worker"}, **pk("neighbor")),
    *form("registry:give_consent", CLERK, **pk("neighbor")),
    *form("registry:copy_person", CLERK, **pk("neighbor")),
    *form("registry:correct_person", CLERK, **pk("neighbor")),
    *form("registry:erase_person", CLERK, **pk("neighbor")),
    Case("registry:withdraw_consent", method="post", allowed=CLERK, **pk("consent")),
    Case("registry:accounts", allowed=SYSTEM | SECURITY),
    *form("registry:open_account", SYSTEM),
    Case("registry:account", allowed=SYSTEM | SECURITY, **pk("idle_account")),
    Case("registry:close_account", method="post", allowed=SYSTEM, **pk("idle_account")),
    Case("registry:reopen_account", method="post", allowed=SYSTEM, **pk("idle_account")),
    Case("registry:reset_password", method="post", allowed=SYSTEM, **pk("idle_account")),
    Case("registry:reset_second_factor", method="post", allowed=SECURITY, **pk("idle_account")),
    *form("registry:grant_role", SECURITY, **pk("idle_account")),
    Case("registry:end_role", method="post", allowed=SECURITY, **pk("assignment")),
    Case("registry:audit", allowed=AUDIT),
    Case("registry:audit_export", allowed=AUDIT),
    Case("api:list_organizations", allowed=STAFF, token="registry:read"),
    Case("api:get_organization", allowed=STAFF, token="registry:read", **pk("registered")),
    Case("api:list_places", allowed=STAFF, token="registry:read"),
    Case("api:list_party_organizations", allowed=STAFF, token="registry:read"),
    *form("registry:me", SIGNED_IN),
    Case("registry:revoke_token", method="post", allowed={"resident"}, **pk("own_token")),
]


def build(world: Any) -> None:
    clerk, things = world.accounts["office_clerk"], world.things
    things["registered"] = enter_organization(clerk, name="底册里的公司", kind="company", community=world.community)
    things["party"] = found_party_organization(clerk, name="街道党工委", kind="committee")
    things["neighbor"] = enter_person(clerk, name="邻居样例", phone="13800000000", community=world.community)
    things["consent"] = give_consent(clerk, person=things["neighbor"], purpose="contact", means="电话里答应")
    things["idle_account"] = make_account(world.office, "volunteer")
    things["assignment"] = things["idle_account"].assignments.get()
    things["own_token"], _ = issue_token(world.accounts["resident"], name="矩阵", scopes=["registry:read"])
