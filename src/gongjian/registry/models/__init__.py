"""Who and where: places, organizations, people, accounts."""

from gongjian.registry.models.accounts import Account, ApiToken, Assignment, Role
from gongjian.registry.models.organizations import Organization, OrganizationAlias, PartyOrganization
from gongjian.registry.models.people import Consent, DataRequest, Person
from gongjian.registry.models.places import Office, Place

__all__ = [
    "Account",
    "ApiToken",
    "Assignment",
    "Consent",
    "DataRequest",
    "Office",
    "Organization",
    "OrganizationAlias",
    "PartyOrganization",
    "Person",
    "Place",
    "Role",
]
