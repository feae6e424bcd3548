"""Proposing a claim, and both sides' yes or no."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.permissions import may, require
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.cobuilding.models import Claim, ClaimStep, Listing, Need, Offer, State
from gongjian.work.cobuilding.services.checks import check_quantity, checked_words
from gongjian.work.cobuilding.services.stepping import keep, locked, moving, note, tell_beneficiary, tell_giver

Kind, Side = ClaimStep.Kind, Claim.Side


@transaction.atomic
def claim_need(
    actor: Account, *, need: Need, organization: Organization, quantity: Decimal, due_on: date | None = None, words: str = ""
) -> Claim:
    """An organization takes on a need, or a part of it. Raises Invalid beyond what is left, Conflict if it has one open."""
    require(actor, "cobuilding.give", organization)
    claim = Claim(need=need, organization=organization, place=need.place, quantity=quantity, due_on=due_on)
    return _propose(actor, claim, need, words)


@transaction.atomic
def claim_offer(
    actor: Account, *, offer: Offer, place: Place, quantity: Decimal, due_on: date | None = None, words: str = ""
) -> Claim:
    """A community asks for what is offered, or a part of it. Raises Invalid beyond what is left."""
    require(actor, "cobuilding.receive", place)
    claim = Claim(offer=offer, organization=offer.organization, place=place, quantity=quantity, due_on=due_on)
    return _propose(actor, claim, offer, words)


@transaction.atomic
def claim_pair(
    actor: Account, *, need: Need, offer: Offer, quantity: Decimal, due_on: date | None = None, words: str = ""
) -> Claim:
    """This offer for this need; by either side, or by the office, which then waits for both."""
    claim = Claim(need=need, offer=offer, organization=offer.organization, place=need.place, quantity=quantity, due_on=due_on)
    if not may(actor, "cobuilding.give", claim):
        require(actor, "cobuilding.receive", claim)
    if (need.kind, need.unit) != (offer.kind, offer.unit):
        raise Invalid(_("资源和需求的类别、单位对不上。"), code="kind", field="quantity")
    _check_left(offer, quantity)
    return _propose(actor, claim, need, words)


def sides_of(actor: Account, claim: Claim) -> set[str]:
    """For whom the account speaks here; a clerk speaks for both, in words."""
    asked = {Side.GIVER: "cobuilding.give", Side.BENEFICIARY: "cobuilding.receive"}
    return {str(side) for side, permission in asked.items() if may(actor, permission, claim)}


def _propose(actor: Account, claim: Claim, listing: Listing, words: str) -> Claim:
    _check_left(listing, claim.quantity)
    if claim.due_on and claim.due_on < clock.today():
        raise Invalid(_("办到的日子已经过去了。"), code="in-past", field="due_on")
    claim.office, claim.proposed_by = actor.office, actor
    claim.title, claim.kind, claim.unit = listing.title, listing.kind, listing.unit
    sides = sides_of(actor, claim)
    claim.side = sides.pop() if len(sides) == 1 else Side.OFFICE
    claim.giver_agreed, claim.beneficiary_agreed = claim.side == Side.GIVER, claim.side == Side.BENEFICIARY
    keep(claim)
    note(actor, claim, Kind.PROPOSED, words)
    if not claim.giver_agreed:
        tell_giver(claim, "cobuilding.proposed")
    if not claim.beneficiary_agreed:
        tell_beneficiary(claim, "cobuilding.proposed")
    return claim


def _check_left(listing: Listing, quantity: Decimal) -> None:
    check_quantity(quantity, listing.unit)
    if listing.withdrawn_at is not None:
        raise Conflict(_("这一条已经撤下了。"), code="withdrawn")
    if listing.until_day and listing.until_day < clock.today():
        raise Conflict(_("这一条已经过期了。"), code="expired")
    if quantity > listing.left.value:
        sentence = _("只剩 %(left)s，不能认领这么多。") % {"left": listing.left}
        raise Invalid(sentence, code="beyond", field="quantity")
    least = min(listing.at_least or quantity, listing.left.value)
    if quantity < least:
        raise Invalid(_("一次至少 %(least)s。") % {"least": least.normalize()}, code="at-least", field="quantity")


@transaction.atomic
def agree(actor: Account, *, claim: Claim, words: str = "") -> Claim:
    """The other side's yes. From then on the quantity is held. Raises Conflict where others were faster.

    A clerk who writes down what was said on the telephone says so in `words`.
    """
    claim = locked(claim)
    sides = sides_of(actor, claim)
    if not sides:
        raise NotAllowed(_("这要由项目的一方来同意。"), code="cobuilding.agree")
    if claim.state != State.PROPOSED:
        raise Conflict(_("这个项目已经走到另一步了，请刷新后再看。"), code="wrong-state")
    if len(sides) > 1:
        words = checked_words(words, field="words", sentence=_("您是代两边记下的，请写明和谁、怎么说好的。"))
    claim.giver_agreed |= Side.GIVER in sides
    claim.beneficiary_agreed |= Side.BENEFICIARY in sides
    both = claim.giver_agreed and claim.beneficiary_agreed
    if both:
        with moving():
            claim.agree()
    keep(claim)
    note(actor, claim, Kind.AGREED, words)
    if both:
        tell_giver(claim, "cobuilding.agreed")
        tell_beneficiary(claim, "cobuilding.agreed")
    return claim


@transaction.atomic
def lapse(actor: Account, *, claim: Claim, reason: str) -> Claim:
    """Refused, taken back, or given up; what it held is free again."""
    claim = locked(claim)
    if not sides_of(actor, claim):
        raise NotAllowed(_("这要由项目的一方来办。"), code="cobuilding.lapse")
    reason = checked_words(reason, field="reason", sentence=_("请写明为什么没办成。"))
    return mark_lapsed(actor, claim, reason)


def lapse_with_listing(actor: Account, claims: Iterable[Claim], because: str) -> None:
    for claim in claims:
        mark_lapsed(actor, locked(claim), because)


def mark_lapsed(actor: Account | None, claim: Claim, reason: str) -> Claim:
    """For services of this room: `claim` is locked, and whoever asked for it may."""
    with moving():
        claim.lapse()
    keep(claim)
    note(actor, claim, Kind.LAPSED, reason)
    tell_giver(claim, "cobuilding.lapsed")
    tell_beneficiary(claim, "cobuilding.lapsed")
    return claim
