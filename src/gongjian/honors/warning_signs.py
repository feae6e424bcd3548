"""What a reviewer should look at twice. Shown, never scored: each sign has an innocent explanation as well."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils.translation import gettext as _

from gongjian.honors.models import Candidate
from gongjian.honors.scoring.explaining import cycle_deeds
from gongjian.kernel.quantities import Unit
from gongjian.ledger.models import Deed, DeedEvidence, Evidence
from gongjian.ledger.models.deeds import LATE_AFTER

FEWEST, BURST_DAYS, MOST_HOURS_A_DAY, NEAR_BITS, SHOWN, MOST_IMAGES = 3, 14, Decimal(16), 6, 20, 400
EDITORS = ("photoshop", "lightroom", "gimp", "snapseed", "meitu", "美图", "picsart", "pixelmator", "affinity", "醒图", "canva")
"""A camera also writes its own firmware's name there; only these are programs that alter pictures."""


@dataclass(frozen=True)
class Sign:
    code: str
    sentence: str
    deeds: list[Deed] = field(default_factory=list)


def signs(candidate: Candidate) -> list[Sign]:
    """All that apply; each costs one or two queries."""
    found = (look(candidate) for look in _SIGNS)
    return [sign for sign in found if sign]


def recorded_late(candidate: Candidate) -> Sign | None:
    """At least three deeds, and a fifth of all, recorded more than thirty days after they happened."""
    deeds = _bare(candidate)
    late = deeds.filter(recorded_at__date__gt=F("occurred_to") + LATE_AFTER)
    count, total = late.count(), deeds.count()
    if count < FEWEST or count * 5 < total:
        return None
    sentence = _("%(n)d 条事迹（共 %(all)d 条）是事后 30 天以上才记的。") % {"n": count, "all": total}
    return Sign("recorded-late", sentence, _some(late))


def recorded_in_a_burst(candidate: Candidate) -> Sign | None:
    """Half of the deeds, three at least, recorded in the fortnight before the campaign opened, and long after they happened."""
    opened = candidate.campaign.opened_at
    deeds = _bare(candidate)
    burst = deeds.filter(
        recorded_at__lte=opened,
        recorded_at__gte=opened - timedelta(days=BURST_DAYS),
        occurred_to__lt=(opened - timedelta(days=BURST_DAYS)).date(),
    )
    count = burst.count()
    if count < FEWEST or count * 2 < deeds.count():
        return None
    sentence = _("%(n)d 条事迹是活动开始前 %(days)d 天内集中补记的。") % {"n": count, "days": BURST_DAYS}
    return Sign("recorded-in-a-burst", sentence, _some(burst))


def one_photo_twice(candidate: Candidate) -> Sign | None:
    """The same file, or two pictures of the same scene, behind two deeds."""
    mine = DeedEvidence.objects.filter(deed__in=_bare(candidate).values("pk"))
    uses = DeedEvidence.objects.filter(evidence__in=mine.values("evidence")).values("evidence")
    twice = uses.annotate(times=Count("deed", distinct=True)).filter(times__gt=1).values_list("evidence", flat=True)
    suspect = set(twice[:SHOWN]) | _alike(mine)
    if not suspect:
        return None
    deeds = Deed.objects.filter(evidence_links__evidence__in=suspect, reverses__isnull=True).distinct()
    return Sign("one-photo-twice", _("有照片用在了不止一条事迹上，或者两张几乎一样。"), _some(deeds))


def _alike(links: QuerySet[DeedEvidence]) -> set[int]:
    """Pictures of different deeds of this candidate whose perceptual hashes differ in at most NEAR_BITS of 64 bits."""
    rows = links.filter(evidence__perceptual_hash__isnull=False).order_by("-pk")
    images: list[Any] = list(rows.values_list("evidence", "deed", "evidence__perceptual_hash")[:MOST_IMAGES])
    mask = 2**64 - 1
    return {
        pk
        for position, (first, deed, image) in enumerate(images)
        for second, other_deed, other in images[:position]
        if deed != other_deed and first != second and ((image ^ other) & mask).bit_count() <= NEAR_BITS
        for pk in (first, second)
    }


def edited_photo(candidate: Candidate) -> Sign | None:
    """A picture that names an editing program in its own data."""
    named = Evidence.objects.filter(deed_links__deed__in=_bare(candidate).values("pk")).exclude(edited_with="")
    programs = dict(named.values_list("pk", "edited_with"))
    edited = {pk: name for pk, name in programs.items() if any(editor in name.lower() for editor in EDITORS)}
    if not edited:
        return None
    deeds = Deed.objects.filter(evidence_links__evidence__in=edited, reverses__isnull=True).distinct()
    sentence = _("有照片经过软件处理：%(names)s。") % {"names": "、".join(sorted(set(edited.values())))}
    return Sign("edited-photo", sentence, _some(deeds))


def overlapping_hours(candidate: Candidate) -> Sign | None:
    """One person with more than sixteen hours on one day."""
    hours = _bare(candidate).filter(unit=Unit.HOUR, person__isnull=False, occurred_from=F("occurred_to"))
    days = hours.values("person", "occurred_to").annotate(total=Sum("quantity")).filter(total__gt=MOST_HOURS_A_DAY)
    found = list(days.order_by("occurred_to")[:SHOWN])
    if not found:
        return None
    first = found[0]
    deeds = hours.filter(person=first["person"], occurred_to=first["occurred_to"])
    sentence = _("同一个人一天记了 %(n)s 小时（%(day)s）。") % {
        "n": f"{first['total'].normalize():f}",
        "day": first["occurred_to"],
    }
    return Sign("overlapping-hours", sentence, _some(deeds))


_SIGNS: tuple[Callable[[Candidate], Sign | None], ...] = (
    recorded_late,
    recorded_in_a_burst,
    one_photo_twice,
    edited_photo,
    overlapping_hours,
)


def _bare(candidate: Candidate) -> QuerySet[Deed]:
    return cycle_deeds(candidate).order_by()


def _some(deeds: QuerySet[Deed]) -> list[Deed]:
    related = deeds.select_related("kind", "place", "organization", "team", "person")
    return list(related.order_by("-occurred_to", "-id")[:SHOWN])
