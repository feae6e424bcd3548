"""Accounts, their roles and tokens, and the audit log.

None of these tables is scoped by its manager: each question names the office.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Account, ApiToken, Assignment


def accounts(office: int, words: str = "") -> QuerySet[Account]:
    """With `held`, the assignments of today."""
    held = Assignment.objects.filter(until=None).select_related("community", "organization").order_by("role", "pk")
    found = Account.objects.filter(office=office).prefetch_related(Prefetch("assignments", held, to_attr="held"))
    if words := words.strip():
        found = found.filter(Q(username__icontains=words) | Q(name__icontains=words))
    return found.order_by("-is_active", "username")


def get_account(office: int, pk: int) -> Account:
    """Raises Missing."""
    found = accounts(office).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个账号。"))
    return found


def get_assignment(office: int, pk: int) -> Assignment:
    """Raises Missing."""
    found = Assignment.objects.select_related("account").filter(account__office=office, pk=pk).first()
    if found is None:
        raise Missing(_("没有这个角色记录。"))
    return found


def get_token(account: Account, pk: int) -> ApiToken:
    """One of the account's own. Raises Missing."""
    found = account.tokens.filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个令牌。"))
    return found


def audit_entries(
    office: int, *, actor: str = "", action: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEntry]:
    """The office's log; `actor` is a part of a user name, `action` the beginning of an action."""
    found = AuditEntry.objects.filter(office_id=office).select_related("actor")
    if actor:
        found = found.filter(Q(actor__username__icontains=actor) | Q(actor__name__icontains=actor))
    if action:
        found = found.filter(action__startswith=action)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
