"""Who may book, keep and settle shared venues, and who keeps goods."""

from typing import Any

from gongjian.registry.models import Account
from gongjian.registry.roles import (
    anyone,
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_liaison,
    is_office,
    is_signed_in,
    of_own_organization,
    predicate,
)
from gongjian.work.sharing.models import Allocation, Booking


@predicate
def in_own_communitys_venue(account: Account, thing: Any) -> bool:
    return bool(in_own_community(account, thing.venue if isinstance(thing, Booking) else thing))


@predicate
def of_own_organizations_venue(account: Account, thing: Any) -> bool:
    return bool(of_own_organization(account, thing.venue if isinstance(thing, Booking) else thing))


@predicate
def made_it(account: Account, booking: Booking | None) -> bool:
    return booking is None or (booking.account_id is not None and booking.account_id == account.pk)


@predicate
def gives_or_gets(account: Account, allocation: Allocation | None) -> bool:
    """The goods come from or go to a community that the account works in."""
    return allocation is None or any(in_own_community(account, place) for place in (allocation.place, allocation.community))


goods_keeper = is_clerk | (is_community_worker & in_own_community)
keeper = is_clerk | (is_community_worker & in_own_communitys_venue) | (is_liaison & of_own_organizations_venue)

grant(
    {
        "sharing.visit": anyone,
        "sharing.book": anyone,
        "sharing.follow": anyone,
        "sharing.own_bookings": is_signed_in,
        "sharing.cancel_own": is_signed_in & made_it,
        "sharing.book_for_organization": is_liaison & of_own_organization,
        "sharing.see_bookings": is_office | is_auditor | is_community_worker | is_liaison,
        "sharing.keep": keeper,
        "sharing.see_goods": is_office | is_auditor | is_community_worker,
        "sharing.keep_goods": goods_keeper,
        "sharing.hand_over": is_clerk | (is_community_worker & gives_or_gets),
    }
)
