"""Who may record, confirm, correct and look at deeds and their evidence."""

from typing import Any

from django.db.models import Q

from gongjian.ledger.models import Deed, Evidence
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


@predicate
def brought_it(account: Account, evidence: Evidence | None) -> bool:
    return evidence is None or evidence.uploaded_by_id == account.pk


@predicate
def shows_own_community(account: Account, evidence: Evidence | None) -> bool:
    """The evidence belongs to a deed in a community that the account works in."""
    if evidence is None:
        return True
    inside = Q(pk__in=[])
    for path in account.community_paths():
        inside |= Q(place__path=path) | Q(place__path__startswith=path + "/")
    return Deed.objects.filter(inside, evidence_links__evidence=evidence).exists()


@predicate
def shows_own_organization(account: Account, evidence: Evidence | None) -> bool:
    """The evidence belongs to a deed of an organization that the account speaks for."""
    if evidence is None:
        return True
    own = account.organization_ids()
    return Deed.objects.filter(organization__in=own, evidence_links__evidence=evidence).exists()


sees_office = is_clerk | is_leader | is_auditor
sees_its_deeds = (is_community_worker & (brought_it | shows_own_community)) | (
    is_liaison & (brought_it | shows_own_organization)
)

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
        "ledger.view_evidence": is_public | sees_office | sees_its_deeds,
        "ledger.view_original": is_clerk | is_auditor | (is_community_worker & (brought_it | shows_own_community)),
        "ledger.publish_evidence": is_clerk,
        "ledger.transparency": anyone,
        "ledger.seal": is_clerk,
    }
)
