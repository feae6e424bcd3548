"""Who may record, confirm, correct and look at deeds."""

from typing import Any

from gongjian.ledger.models import Deed
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
    of_own_organization,
    predicate,
)


@predicate
def did_not_record_it(account: Account, deed: Deed | None) -> bool:
    return deed is None or deed.recorded_by_id != account.pk


@predicate
def is_public(account: Any, thing: Any) -> bool:
    return thing is None or bool(thing.public)


sees_office = is_clerk | is_leader | is_auditor

grant(
    {
        "ledger.view_deed": is_public
        | sees_office
        | (is_community_worker & in_own_community)
        | (is_liaison & of_own_organization),
        "ledger.explore": sees_office | is_community_worker | is_liaison,
        "ledger.record_deed": is_clerk | (is_community_worker & in_own_community) | (is_liaison & of_own_organization),
        "ledger.confirm_for_community": is_community_worker & in_own_community & did_not_record_it,
        "ledger.confirm_for_third_party": is_clerk & did_not_record_it,
        "ledger.reverse_deed": is_clerk,
        "ledger.add_evidence": is_clerk | is_community_worker | is_liaison,
        "ledger.view_original": is_clerk | is_auditor | is_community_worker,
        "ledger.publish_evidence": is_clerk,
        "ledger.transparency": anyone,
        "ledger.seal": is_clerk,
    }
)
