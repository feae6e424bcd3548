"""Corrections as in bookkeeping: a reversing deed, and if need be a new one. Nothing is edited."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from uuid6 import uuid7

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services.recording import record_deed
from gongjian.registry.models import Account

_COPIED = (
    "office_id",
    "place_id",
    "organization_id",
    "team_id",
    "person_id",
    "beneficiary",
    "kind_id",
    "unit",
    "approximation",
    "occurred_from",
    "occurred_to",
    "precision",
    "public",
)


@transaction.atomic
def reverse_deed(actor: Account, *, deed: Deed, reason: str) -> Deed:
    """Append the deed that takes `deed` out of every sum. Raises Conflict if it was reversed before or is itself a reversal."""
    require(actor, "ledger.reverse_deed", deed)
    if len(reason.strip()) < 4:
        raise Invalid(_("请写明更正的原因，原因会和事迹一起公开。"), code="reason", field="reason")
    return append_reversal(actor, deed=deed, reason=reason)


@transaction.atomic
def append_reversal(actor: Account, *, deed: Deed, reason: str) -> Deed:
    """The bare act, for rooms whose own permission covers it. Raises Conflict."""
    if deed.reverses_id:
        raise Conflict(_("冲正记录本身不能再冲正。"), code="is-reversal")
    lock(f"ledger.deed:{deed.pk}")
    reversal = Deed(
        id=uuid7(),
        quantity=None if deed.quantity is None else -deed.quantity,
        statement=f"冲正：{reason.strip()[:400]}",
        recorded_at=clock.now(),
        recorded_by=actor,
        reverses=deed,
        initial_level=level_of(deed),
        **{name: getattr(deed, name) for name in _COPIED},
    )
    try:
        with transaction.atomic():
            reversal.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这条事迹已经冲正过了。"), code="reversed") from error
    audit.record(actor, "ledger.reverse_deed", deed, reason=reason.strip())
    return reversal


@transaction.atomic
def correct_deed(actor: Account, *, deed: Deed, reason: str, **right: Any) -> Deed:
    """Reverse `deed` and record it rightly; `right` are the arguments of `record_deed`. All or nothing."""
    reverse_deed(actor, deed=deed, reason=reason)
    return record_deed(actor, **right)
