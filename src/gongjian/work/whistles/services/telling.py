"""Who is told what. Everything goes through the outbox, in the transaction of what happened."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse

from gongjian.kernel.kept import kept
from gongjian.kernel.notifications.models import Notice
from gongjian.kernel.notifications.outbox import composed, notify
from gongjian.registry.models import Account, Office, Organization, Role
from gongjian.work.whistles.models import Whistle


def tell_office(whistle: Whistle, kind: str, *, urgent: bool = False) -> None:
    """The clerks, who dispatch."""
    _tell(whistle, _holders(whistle.office, Role.OFFICE_CLERK), kind, urgent=urgent or whistle.grade == "emergency")


def told_office(whistle: Whistle, kind: str) -> list[Notice]:
    """What `tell_office` tells, for whoever writes it along with other rows."""
    clerks = _holders(whistle.office, Role.OFFICE_CLERK)
    return composed(clerks, kind, _context(whistle), url=_url(whistle), urgent=whistle.grade == "emergency")


def tell_leaders(whistle: Whistle, kind: str) -> None:
    """The leaders, who supervise (督办)."""
    _tell(whistle, _holders(whistle.office, Role.OFFICE_LEADER), kind, urgent=True)


def tell_community(whistle: Whistle, kind: str) -> None:
    """The workers of its community, who verify."""
    if whistle.community_id is not None:
        workers = _holders(whistle.office, Role.COMMUNITY_WORKER, Q(assignments__community=whistle.community_id))
        _tell(whistle, workers, kind)


def tell_organization(whistle: Whistle, organization: Organization, kind: str, *, urgent: bool = False) -> None:
    """The liaisons of an organization, and its own channels; for a committee, the workers of its community."""
    recipients: list[Any] = [organization]
    recipients += _holders(whistle.office, Role.UNIT_LIAISON, Q(assignments__organization=organization))
    if organization.kind == Organization.Kind.COMMITTEE and organization.community_id:
        recipients += _holders(whistle.office, Role.COMMUNITY_WORKER, Q(assignments__community=organization.community_id))
    _tell(whistle, recipients, kind, urgent=urgent)


def tell_accounts(whistle: Whistle, accounts: Iterable[Account], kind: str) -> None:
    """Those who were named."""
    _tell(whistle, accounts, kind)


def tell_weekly(office: Office) -> None:
    """The leaders, that the week's figures are there."""
    notify(_holders(office, Role.OFFICE_LEADER), "whistles.weekly", {}, url=reverse("whistles:weekly"))


def _tell(whistle: Whistle, recipients: Iterable[Any], kind: str, *, urgent: bool = False) -> None:
    notify(recipients, kind, _context(whistle), url=_url(whistle), urgent=urgent)


def _context(whistle: Whistle) -> dict[str, str]:
    """What leaves the house names the thing by number, class and place, never by what the resident said."""
    return {"number": whistle.number, "category": str(whistle.category or ""), "place": str(whistle.community or "")}


def _url(whistle: Whistle) -> str:
    return reverse("whistles:whistle", args=[whistle.pk])


def _holders(office: Office, role: str, where: Q | None = None) -> list[Account]:
    if where is None:
        return kept(("whistles.holders", office.pk, role), lambda: _read_holders(office, Q(assignments__role=role)))
    return _read_holders(office, Q(assignments__role=role) & where)


def _read_holders(office: Office, held: Q) -> list[Account]:
    now = held & Q(assignments__until__isnull=True)
    return list(Account.objects.filter(now, office=office, is_active=True).distinct())
