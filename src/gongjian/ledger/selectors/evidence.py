"""Finding evidence, and what speaks against it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.ledger.models import Deed, DeedEvidence, Evidence
from gongjian.ledger.telling import when

FAR_FROM_CLAIMED = timedelta(days=3)
SIMILAR_BITS = 6
"""Images whose perceptual hashes differ in at most so many of 64 bits: the same scene, scaled or recompressed."""
"""A picture without structure (hash 0 or -1) resembles every other and is left out."""
_EDITORS = re.compile(r"photoshop|lightroom|gimp|snapseed|picsart|meitu|美图|醒图|canva|paint|pixelmator|affinity|acdsee", re.I)
_SIMILAR = """
SELECT mine.id, other.id, other.file_name FROM ledger_evidence mine JOIN ledger_evidence other
ON other.office_id = mine.office_id AND other.id <> mine.id
AND bit_count((mine.perceptual_hash # other.perceptual_hash)::bit(64)) <= %s
WHERE mine.id = ANY(%s) AND mine.perceptual_hash NOT IN (0, -1) ORDER BY other.id LIMIT 50
"""


def get_evidence(account: Any, pk: int) -> Evidence:
    """Public evidence for anyone, the rest by permission. Raises Missing."""
    evidence = Evidence.objects.filter(pk=pk).first()
    if evidence is None or not may(account, "ledger.view_evidence", evidence):
        raise Missing(_("没有这份证据，或者它不对您公开。"))
    return evidence


def other_uses(evidence: Evidence, deed: Deed) -> QuerySet[Deed]:
    """Other deeds that show the same file."""
    return Deed.objects.filter(evidence_links__evidence=evidence).exclude(pk=deed.pk)


def similar_evidence(evidence: Evidence, *, distance: int = SIMILAR_BITS) -> list[Evidence]:
    """Other images that show nearly the same."""
    found = _similar_to([evidence.pk], distance).get(evidence.pk, [])
    return list(Evidence.objects.filter(pk__in=[pk for pk, _name in found]))


def warnings_about(deed: Deed, evidence: Sequence[Evidence]) -> dict[int, list[str]]:
    """Sentences for staff about each piece of a deed's evidence; signs to look closer, never a verdict. Two queries."""
    pks = [item.pk for item in evidence]
    uses, similar = _uses_elsewhere(deed, pks), _similar_to(pks, SIMILAR_BITS)
    return {item.pk: [*uses[item.pk], *_likenesses(similar.get(item.pk, [])), *_own_signs(deed, item)] for item in evidence}


def _uses_elsewhere(deed: Deed, pks: Sequence[int]) -> dict[int, list[str]]:
    links = DeedEvidence.objects.filter(evidence__in=pks).exclude(deed=deed).select_related("deed__kind")[:50]
    found: dict[int, list[str]] = defaultdict(list)
    for link in links:
        sentence = _("同一个文件还用在另一条事迹：%(deed)s（%(when)s）") % {"deed": link.deed, "when": when(link.deed)}
        found[link.evidence_id].append(sentence)
    return found


def _likenesses(similar: list[tuple[int, str]]) -> list[str]:
    return [_("和另一张照片几乎一样：%(name)s") % {"name": name} for _pk, name in similar]


def _own_signs(deed: Deed, evidence: Evidence) -> list[str]:
    found = []
    if evidence.captured_at and _is_far(timezone.localtime(evidence.captured_at).date(), deed):
        taken = timezone.localtime(evidence.captured_at).strftime("%Y-%m-%d")
        found.append(_("拍摄日期 %(taken)s 和所写的日期对不上") % {"taken": taken})
    if _EDITORS.search(evidence.edited_with):
        found.append(_("用 %(software)s 处理过") % {"software": evidence.edited_with})
    return found


def _is_far(taken: date, deed: Deed) -> bool:
    return not deed.occurred_from - FAR_FROM_CLAIMED <= taken <= deed.occurred_to + FAR_FROM_CLAIMED


def _similar_to(pks: Sequence[int], distance: int) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, [distance, list(pks)])
        for mine, other, name in cursor.fetchall():
            found[mine].append((other, name))
    return found
