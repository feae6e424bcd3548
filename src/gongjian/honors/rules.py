"""Who may take which step of a commendation. Pages that everybody sees show only what has been hung out or published."""

from typing import Any

from gongjian.registry.models import Account
from gongjian.registry.roles import (
    anyone,
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_leader,
    is_liaison,
    predicate,
)


@predicate
def of_own_unit(account: Account, candidate: Any) -> bool:
    """The candidate is the organization that the account speaks for, or a person of it."""
    return candidate is None or (candidate.unit is not None and candidate.unit.pk in account.organization_ids())


near_candidate = (is_community_worker & in_own_community) | (is_liaison & of_own_unit)
sees_office = is_clerk | is_leader | is_auditor

grant(
    {
        "honors.view_published": anyone,
        "honors.object": anyone,
        "honors.verify": anyone,
        "honors.view_campaign": sees_office | is_community_worker | is_liaison,
        "honors.manage": is_clerk,
        "honors.nominate": is_clerk | near_candidate,
        "honors.view_candidate": sees_office | near_candidate,
        "honors.edit_statement": is_clerk | near_candidate,
        "honors.view_scores": sees_office,
        "honors.review": is_clerk | is_leader | (is_community_worker & in_own_community),
        "honors.veto": is_clerk | is_leader,
        "honors.shortlist": is_leader,
        "honors.read_objections": sees_office,
        "honors.handle_objection": is_clerk,
        "honors.remove_candidate": is_leader,
        "honors.decide": is_leader,
        "honors.revoke": is_leader,
        "honors.take_archive": is_clerk | is_auditor,
    }
)
