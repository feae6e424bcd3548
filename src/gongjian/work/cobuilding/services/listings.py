"""Posting, changing and withdrawing needs and offers."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.cobuilding.models import Claim, Listing, Need, Offer, State
from gongjian.work.cobuilding.services import checks

Posted = TypeVar("Posted", bound=Listing)


@transaction.atomic
def post_need(actor: Account, *, place: Place, farthest_meters: int | None = None, **facts: Any) -> Need:
    """`facts` as in `check_described`. Raises Invalid beside the field that cannot be."""
    require(actor, "cobuilding.post_need", place)
    need = Need(place=place, farthest_meters=farthest_meters)
    return _post(actor, need, "cobuilding.post_need", facts)


@transaction.atomic
def post_offer(
    actor: Account, *, organization: Organization, place: Place | None = None, reach: str = Offer.Reach.OFFICE, **facts: Any
) -> Offer:
    """`place` where the means are; without one, wherever they are needed. Raises Invalid beside the field that cannot be."""
    require(actor, "cobuilding.post_offer", organization)
    offer = Offer(organization=organization, place=place, reach=reach)
    _check_reach(offer)
    return _post(actor, offer, "cobuilding.post_offer", facts)


@transaction.atomic
def change_need(actor: Account, *, need: Need, place: Place, farthest_meters: int | None = None, **facts: Any) -> Need:
    """Raises Conflict where agreed claims hold more than the new quantity, or another unit."""
    require(actor, "cobuilding.post_need", need)
    require(actor, "cobuilding.post_need", place)
    need = locked_listing(need)
    _check_open(need)
    need.place, need.farthest_meters = place, farthest_meters
    return _change(actor, need, "cobuilding.change_need", facts)


@transaction.atomic
def change_offer(
    actor: Account, *, offer: Offer, place: Place | None = None, reach: str = Offer.Reach.OFFICE, **facts: Any
) -> Offer:
    """The organization stays. Raises Conflict where agreed claims hold more than the new quantity, or another unit."""
    require(actor, "cobuilding.post_offer", offer)
    offer = locked_listing(offer)
    _check_open(offer)
    offer.place, offer.reach = place, reach
    _check_reach(offer)
    return _change(actor, offer, "cobuilding.change_offer", facts)


@transaction.atomic
def withdraw_listing(actor: Account, *, listing: Posted, because: str) -> Posted:
    """Unanswered proposals lapse with it. Raises Conflict while agreed ones are being carried out."""
    verb = "need" if isinstance(listing, Need) else "offer"
    require(actor, f"cobuilding.post_{verb}", listing)
    because = checks.checked_words(because, field="because", sentence=_("请写明为什么撤下。"))
    listing = locked_listing(listing)
    _check_open(listing)
    claims: Any = Claim.objects.filter(**{verb: listing})
    if claims.filter(state__in=[State.AGREED, State.UNDER_WAY]).exists():
        raise Conflict(_("有说好了的项目还在办，先办完，或者先写明没办成的原因。"), code="has-claims")
    from gongjian.work.cobuilding.services.claims import lapse_with_listing

    lapse_with_listing(actor, claims.filter(state=State.PROPOSED), because)
    listing.withdrawn_at, listing.withdrawn_because = clock.now(), because
    listing.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record(actor, f"cobuilding.withdraw_{verb}", listing)
    return listing


def locked_listing(listing: Posted) -> Posted:
    found: Posted = type(listing)._default_manager.select_for_update().get(pk=listing.pk)
    return found


def _post(actor: Account, listing: Posted, action: str, facts: dict[str, Any]) -> Posted:
    listing.office, listing.posted_at, listing.posted_by = actor.office, clock.now(), actor
    check_described(listing, **facts)
    listing.save()
    audit.record(actor, action, listing)
    return listing


def _change(actor: Account, listing: Posted, action: str, facts: dict[str, Any]) -> Posted:
    before = (listing.kind, listing.unit)
    check_described(listing, **facts)
    if listing.taken and (listing.kind, listing.unit) != before:
        raise Conflict(_("已经有人认领，类别和单位不能再改。"), code="claimed", field="unit")
    try:
        with transaction.atomic():
            listing.save()
    except IntegrityError as error:
        sentence = _("已经认领了 %(taken)s，数量不能比这还少。") % {"taken": listing.taken.normalize()}
        raise Conflict(sentence, code="claimed", field="quantity") from error
    audit.record(actor, action, listing)
    return listing


def check_described(
    listing: Listing,
    *,
    kind: str,
    title: str,
    quantity: Decimal,
    unit: str,
    from_day: date,
    details: str = "",
    at_least: Decimal | None = None,
    until_day: date | None = None,
    weekdays: Sequence[int] = (),
    hours_from: time | None = None,
    hours_to: time | None = None,
    conditions: Sequence[str] = (),
) -> None:
    """Writes the facts into `listing`, unsaved. Raises Invalid beside the first that cannot be."""
    checks.check_kind_and_unit(kind, unit)
    checks.check_title(title)
    checks.check_quantity(quantity, unit)
    checks.check_at_least(at_least, quantity, unit)
    checks.check_window(from_day, until_day, weekdays, hours_from, hours_to)
    checks.check_conditions(conditions)
    listing.kind, listing.title, listing.quantity, listing.unit = kind, title.strip()[:60], quantity, unit
    listing.details, listing.at_least = details.strip()[:500], at_least
    listing.from_day, listing.until_day, listing.weekdays = from_day, until_day, sorted(set(weekdays))
    listing.hours_from, listing.hours_to, listing.conditions = hours_from, hours_to, sorted(set(conditions))


def _check_reach(offer: Offer) -> None:
    if offer.reach not in Offer.Reach.values:
        raise Invalid(_("请选给谁用。"), code="reach", field="reach")
    if offer.reach == Offer.Reach.COMMUNITY and offer.place is None:
        raise Invalid(_("只给所在社区用的，要写明在哪里。"), code="place-missing", field="place")


def _check_open(listing: Listing) -> None:
    if listing.withdrawn_at is not None:
        raise Conflict(_("这一条已经撤下了。"), code="withdrawn")
