"""Questions about who and where."""

from gongjian.registry.selectors.accounts import accounts, audit_entries, get_account, get_assignment, get_token
from gongjian.registry.selectors.history import changes_of
from gongjian.registry.selectors.organizations import find_organization, get_organization, organizations, search_organizations
from gongjian.registry.selectors.party import get_party_organization, party_tree
from gongjian.registry.selectors.people import data_requests, get_consent, get_person, people
from gongjian.registry.selectors.places import communities, get_place, office_of_host, place_by_code, places

__all__ = [
    "accounts",
    "audit_entries",
    "changes_of",
    "communities",
    "data_requests",
    "find_organization",
    "get_account",
    "get_assignment",
    "get_consent",
    "get_organization",
    "get_party_organization",
    "get_person",
    "get_place",
    "get_token",
    "office_of_host",
    "organizations",
    "party_tree",
    "people",
    "place_by_code",
    "places",
    "search_organizations",
]
