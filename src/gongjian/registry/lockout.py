"""Five wrong passwords lock a name for half an hour. Counted in the audit log, which nobody can flush or evict."""

from datetime import datetime, timedelta

from gongjian.kernel import clock
from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Account

TRIES = 5
LOCKED_FOR = timedelta(minutes=30)
SIGN_IN, SIGN_IN_FAILED, RESET = "registry.sign_in", "registry.sign_in_failed", "registry.reset_password"


def is_locked(office: int, username: str) -> bool:
    """A name that no account bears locks in the same way, so that locking tells nothing about who has an account."""
    entries = AuditEntry.objects.filter(office_id=office, action=SIGN_IN_FAILED, at__gt=_since(office, username))
    return entries.filter(detail__username=username).count() >= TRIES


def _since(office: int, username: str) -> datetime:
    """Failures before the last success, or before a new password from the administrator, no longer count."""
    since = clock.now() - LOCKED_FOR
    account = Account.objects.filter(office=office, username__iexact=username).first()
    if account is None:
        return since
    cleared = AuditEntry.objects.filter(
        thing_type="registry.account", thing_id=str(account.pk), action__in=[SIGN_IN, RESET], at__gt=since
    )
    return cleared.order_by("at").values_list("at", flat=True).last() or since
