"""Many whistles at once: what `intake.take_in` does for each, in a dozen statements for all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Account, Office
from gongjian.work.whistles.models import Happening, Policy, Whistle
from gongjian.work.whistles.models.categories import Grade
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.happening import set_clocks
from gongjian.work.whistles.services.reports import Report, choose, draft, origin
from gongjian.work.whistles.services.telling import tell_office

Kind = Happening.Kind
TRIES = 3
FROM_CLOCKS = ("response_due_at", "resolution_due_at", "responded_at", "reported_at", "color", "next_check_at")
"""What `set_clocks` derives; alike for whistles of one category that were blown at one moment."""


def take_in_many(actor: Any, *, office: Office, reports: Sequence[Report], source: str) -> list[Whistle]:
    """Those of `reports` whose number did not come by this way before. Within the caller's transaction, which has asked for
    permission. No photos; the office is told of emergencies only, not of each. Raises Invalid for the first wrong one.
    """
    rules, now = policy(), clock.now()
    pairs = [(_prepared(office, report, source, rules, now), report) for report in reports]
    _set_clocks([whistle for whistle, _report in pairs], now)
    for _attempt in range(TRIES):
        pairs = _without_known(pairs, office, source)
        try:
            with transaction.atomic():
                Whistle.objects.bulk_create([whistle for whistle, _report in pairs])
        except IntegrityError:
            continue  # the same number came by another transaction meanwhile
        _note(actor, pairs, now)
        return [whistle for whistle, _report in pairs]
    raise Conflict(_("同样的工单正在别处导入，请稍候再试。"), code="busy")


def _prepared(office: Office, report: Report, source: str, rules: Policy, now: datetime) -> Whistle:
    whistle = draft(office, report, source, rules=rules)
    whistle.blow()
    whistle.blown_at = now
    choose(whistle, report.category)
    return whistle


def _set_clocks(whistles: Sequence[Whistle], now: datetime) -> None:
    first_of: dict[int | None, Whistle] = {}
    for whistle in whistles:
        known = first_of.setdefault(whistle.category_id, whistle)
        if known is whistle:
            set_clocks(whistle, [Happening(kind=Kind.BLOWN, at=now, round=whistle.round)])
        for name in FROM_CLOCKS:
            setattr(whistle, name, getattr(known, name))


def _without_known(pairs: list[tuple[Whistle, Report]], office: Office, source: str) -> list[tuple[Whistle, Report]]:
    """The first of each number that is not there yet; what has no number is always new."""
    numbers = {whistle.external_number for whistle, _report in pairs} - {""}
    rows = Whistle.objects.filter(office=office, source=source, external_number__in=numbers)
    known, fresh = set(rows.values_list("external_number", flat=True)), []
    for whistle, report in pairs:
        if whistle.external_number not in known:
            fresh.append((whistle, report))
            known |= {whistle.external_number} - {""}
    return fresh


def _note(actor: Any, pairs: Sequence[tuple[Whistle, Report]], now: datetime) -> None:
    by = actor if isinstance(actor, Account) else None
    happenings, entries = [], []
    for whistle, report in pairs:
        for kind, detail in ((Kind.RECEIVED, origin(report)), (Kind.BLOWN, {})):
            happenings.append(
                Happening(whistle=whistle, kind=kind, at=now, by=by, public=True, round=whistle.round, detail=detail)
            )
            entries.append(audit.drafted(actor, f"whistles.{kind}", whistle))
        if whistle.grade == Grade.EMERGENCY:
            tell_office(whistle, "whistles.blown", urgent=True)
    Happening.objects.bulk_create(happenings)
    AuditEntry.objects.bulk_create(entries)
