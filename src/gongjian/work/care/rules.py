"""Who looks after whom. What is sensitive is for the pairing and the community alone, not for the office."""

from typing import Any

from gongjian.registry.models import Account
from gongjian.registry.roles import (
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_liaison,
    is_office,
    is_volunteer,
    of_own_organization,
    predicate,
)


@predicate
def is_the_carer(account: Account, pairing: Any) -> bool:
    if account.person_id is None:
        return False
    return pairing is None or pairing.carer_id == account.person_id


own_ground = is_community_worker & in_own_community
in_the_pairing = own_ground | (is_liaison & of_own_organization) | (is_volunteer & is_the_carer)

grant(
    {
        "care.look": is_office | is_auditor | in_the_pairing,
        "care.visit": in_the_pairing,
        "care.read_notes": in_the_pairing,
        "care.manage": is_clerk | own_ground,
        "care.credit": is_clerk | own_ground,
        "care.configure": is_office,
    }
)
