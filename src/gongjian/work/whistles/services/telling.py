"""Who is told what. Everything goes through the outbox, in the transaction of what happened."""

from collections.abc import Iterable

from gongjian.registry.models import Account, Organization
from gongjian.work.whistles.models import Whistle


def tell_office(whistle: Whistle, kind: str, *, urgent: bool = False) -> None:
    """The clerks, who dispatch."""


def tell_leaders(whistle: Whistle, kind: str) -> None:
    """The leaders, who supervise (督办)."""


def tell_community(whistle: Whistle, kind: str) -> None:
    """The workers of its community, who verify."""


def tell_organization(whistle: Whistle, organization: Organization, kind: str, *, urgent: bool = False) -> None:
    """The liaisons of an organization, and its own channels."""


def tell_accounts(whistle: Whistle, accounts: Iterable[Account], kind: str) -> None:
    """Those who were named."""
