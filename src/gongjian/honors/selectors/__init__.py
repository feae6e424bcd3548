"""Questions about campaigns: those of the public, and those of who runs them."""

from gongjian.honors.selectors.awards import awards_of, certificate_pdf, certificate_register, proof_of_certificate, verify
from gongjian.honors.selectors.campaigns import (
    campaigns,
    current_notices,
    desk_items,
    get_campaign,
    get_notice,
    get_published,
    published_campaigns,
    search_campaigns,
)
from gongjian.honors.selectors.candidates import (
    candidates,
    current_statement,
    get_candidate,
    honor_page,
    shortlisted,
    unbacked_numbers,
    visible_candidates,
)
from gongjian.honors.selectors.objections import follow_objection, get_objection, objections

__all__ = [
    "awards_of",
    "campaigns",
    "candidates",
    "certificate_pdf",
    "certificate_register",
    "current_notices",
    "current_statement",
    "desk_items",
    "follow_objection",
    "get_campaign",
    "get_candidate",
    "get_notice",
    "get_objection",
    "get_published",
    "honor_page",
    "objections",
    "proof_of_certificate",
    "published_campaigns",
    "search_campaigns",
    "shortlisted",
    "unbacked_numbers",
    "verify",
    "visible_candidates",
]
