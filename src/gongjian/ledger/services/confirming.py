"""Standing behind a deed that somebody else recorded."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Confirmation, Deed, DeedEvidence, Evidence, Level
from gongjian.ledger.selectors import level_of
from gongjian.registry.models import Account

PERMISSION_BY_LEVEL = {
    Level.COMMUNITY: "ledger.confirm_for_community",
    Level.THIRD_PARTY: "ledger.confirm_for_third_party",
}


@transaction.atomic
def confirm_deed(
    actor: Account,
    *,
    deed: Deed,
    level: int,
    on_behalf_of: str,
    note: str = "",
    evidence: Sequence[Evidence] = (),
) -> Confirmation:
    """Raise the deed's level. The recorder cannot confirm; a third party's confirmation needs its paper as evidence.

    Raises Conflict if the level is already reached or the deed was reversed.
    """
    require(actor, PERMISSION_BY_LEVEL[Level(level)], deed)
    if level == Level.THIRD_PARTY and not evidence:
        raise Invalid(_("第三方确认要附上对方的确认材料。"), code="paper-missing", field="evidence")
    if not on_behalf_of.strip():
        raise Invalid(_("请写明代表谁确认。"), code="on-behalf-missing", field="on_behalf_of")
    lock(f"ledger.deed:{deed.pk}")
    if Deed.objects.filter(reverses=deed).exists() or deed.reverses_id:
        raise Conflict(_("这条事迹已经冲正，不能再确认。"), code="reversed")
    reached = level_of(deed)
    if reached >= level:
        raise Conflict(_("这条事迹已经确认到这一级了。"), code="already-confirmed")
    confirmation = Confirmation(
        office_id=deed.office_id,
        deed=deed,
        from_level=reached,
        level=level,
        by=actor,
        on_behalf_of=on_behalf_of.strip(),
        note=note.strip(),
        confirmed_at=clock.now(),
        evidence_digests=sorted({item.sha256 for item in evidence}),
    )
    _append(confirmation)
    DeedEvidence.objects.bulk_create([DeedEvidence(deed=deed, evidence=e) for e in evidence], ignore_conflicts=True)
    audit.record(actor, "ledger.confirm_deed", deed, level=int(level))
    return confirmation


def _append(confirmation: Confirmation) -> None:
    """Two confirming at once: the unique chain lets one through."""
    try:
        with transaction.atomic():
            confirmation.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("别人刚刚确认了这条事迹，请刷新后再看。"), code="already-confirmed") from error
