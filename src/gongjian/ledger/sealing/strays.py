"""Records that stand in the ledger but outside the log, and sums that its records do not make."""

from typing import Any

from django.db import connection

from gongjian.ledger.sealing.sums import BROAD, BROAD_KEPT, PER_MONTH

_COUNTS = """
SELECT (SELECT count(*) FROM ledger_deed), (SELECT count(*) FROM ledger_confirmation),
       (SELECT count(*) FROM ledger_leaf), (SELECT count(*) FROM ledger_unsealedrecord)
"""
_WAITING = """
SELECT u.record_id, u.is_deed FROM ledger_unsealedrecord u
WHERE {condition} ORDER BY u.record_id LIMIT 1
"""
_GONE = """NOT EXISTS (SELECT FROM ledger_deed d WHERE u.is_deed AND d.id = u.record_id)
       AND NOT EXISTS (SELECT FROM ledger_confirmation c WHERE NOT u.is_deed AND c.id = u.record_id)"""
_SEALED_ALREADY = """EXISTS (SELECT FROM ledger_leaf l WHERE l.deed_id = u.record_id)
       OR EXISTS (SELECT FROM ledger_leaf l WHERE l.confirmation_id = u.record_id)"""
_STRAY = """
SELECT r.id FROM {table} r
WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.{column} = r.id)
  AND NOT EXISTS (SELECT FROM ledger_unsealedrecord u WHERE u.record_id = r.id)
ORDER BY r.id LIMIT 1
"""
_KINDS = (("deed", "ledger_deed", "deed_id"), ("confirmation", "ledger_confirmation", "confirmation_id"))
_SUMS = """
WITH recomputed AS (
    SELECT * FROM ({recomputed}) AS sums WHERE deeds <> 0 OR quantity <> 0
), kept AS (
    SELECT * FROM ({kept}) AS sums WHERE deeds <> 0 OR quantity <> 0
), differing AS (
    (SELECT * FROM recomputed EXCEPT ALL SELECT * FROM kept) UNION ALL (SELECT * FROM kept EXCEPT ALL SELECT * FROM recomputed)
)
SELECT office_id, month, kind_id, organization_id FROM differing ORDER BY office_id, month LIMIT 1
"""
_PER_MONTH = _SUMS.format(
    recomputed=PER_MONTH.format(changes="ledger_tallychange"), kept=PER_MONTH.format(changes="ledger_currenttally")
)
_BROAD = _SUMS.format(recomputed=BROAD.format(changes="ledger_tallychange"), kept=BROAD_KEPT)


def stray(deeds: int, confirmations: int) -> str | None:
    """Names a record outside a log of so many verified deeds and confirmations; None if there is none.

    Counting suffices: every leaf was found to have a row of its own, so only equal numbers leave no row over.
    """
    gone = _first(_WAITING.format(condition=_GONE))
    if gone:
        return f"{_name(*gone)} waits to be sealed but is missing"
    twice = _first(_WAITING.format(condition=_SEALED_ALREADY))
    if twice:
        return f"{_name(*twice)} waits to be sealed although it is"
    all_deeds, all_confirmations, leaves, waiting = _first(_COUNTS)
    if leaves != deeds + confirmations:
        return f"the log has {leaves} leaves, of which only {deeds + confirmations} follow one another"
    if all_deeds + all_confirmations == leaves + waiting:
        return None
    for kind, table, column in _KINDS:
        found = _first(_STRAY.format(table=table, column=column))
        if found:
            return f"{kind} {found[0]} stands in the ledger but neither sealed nor waiting to be"
    return "the ledger has fewer rows than its log has leaves"


def differing_sum() -> str | None:
    """Names a kept sum that is not what its deeds add up to."""
    for name, query in (("sum", _PER_MONTH), ("broad sum", _BROAD)):
        found = _first(query)
        if found:
            office, month, kind, organization = found
            what = f"{kind or 'all kinds'} in {month:%Y-%m} (office {office}, organization {organization})"
            return f"the {name} of {what} is not what its deeds add up to"
    return None


def _name(record: Any, is_deed: Any) -> str:
    return f"{'deed' if is_deed else 'confirmation'} {record}"


def _first(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()
