"""How a claim moves: locked, one step written, kept; and who is told."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.notifications.outbox import notify
from gongjian.registry.models import Account, Organization, Place, Role
from gongjian.work.cobuilding.models import Claim, ClaimStep


def locked(claim: Claim) -> Claim:
    found = Claim.objects.select_for_update(of=("self",)).select_related(
        "organization", "place", "need", "offer", "reported_by"
    )
    return found.get(pk=claim.pk)


@contextmanager
def moving() -> Iterator[None]:
    """Around a transition: one that does not fit the state is a Conflict."""
    try:
        yield
    except TransitionNotAllowed as error:
        raise Conflict(_("这个项目已经走到另一步了，请刷新后再看。"), code="wrong-state") from error


def keep(claim: Claim) -> Claim:
    """Raises Conflict where need or offer have no longer so much left: others were faster."""
    claim.moved_at = clock.now()
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError as error:
        raise _said(error) from error
    return claim


def note(actor: Account | None, claim: Claim, kind: str, words: str = "") -> ClaimStep:
    audit.record(actor, f"cobuilding.{kind}", claim)
    return ClaimStep.objects.create(claim=claim, kind=kind, at=clock.now(), by=actor, words=words.strip()[:300])


def tell_giver(claim: Claim, kind: str) -> None:
    _tell(claim, [claim.organization, *liaisons_of(claim.organization)], kind)


def tell_beneficiary(claim: Claim, kind: str) -> None:
    _tell(claim, workers_of(claim.place), kind)


def workers_of(place: Place) -> list[Account]:
    """Those who work in the community in which `place` lies."""
    above = [place.path.rsplit("/", back)[0] for back in range(place.depth)]
    held = Q(assignments__role=Role.COMMUNITY_WORKER, assignments__until__isnull=True)
    found = Account.objects.filter(held & Q(assignments__community__path__in=above), office=place.office_id, is_active=True)
    return list(found.distinct())


def liaisons_of(organization: Organization) -> list[Account]:
    held = Q(assignments__role=Role.UNIT_LIAISON, assignments__until__isnull=True, assignments__organization=organization)
    return list(Account.objects.filter(held, office=organization.office_id, is_active=True).distinct())


def _tell(claim: Claim, recipients: Iterable[Any], kind: str) -> None:
    context = {
        "title": claim.title,
        "amount": str(claim.amount),
        "organization": claim.organization.called,
        "place": str(claim.place),
    }
    notify(recipients, kind, context, url=reverse("cobuilding:claim", args=[claim.pk]))


def _said(error: IntegrityError) -> Conflict:
    words = str(error)
    if "offer_not_overdrawn" in words:
        return Conflict(_("资源没有这么多了，别人刚刚认领了一部分。"), code="offer-exceeded", field="quantity")
    if "need_not_overdrawn" in words:
        return Conflict(_("需求没有这么多了，别人刚刚认领了一部分。"), code="need-exceeded", field="quantity")
    return Conflict(_("已经有一项同样的认领还在办。"), code="claimed-already")
