"""Two whistles that say the same, and one that says two things."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Happening, Whistle
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.services.checks import checked_text, checked_words
from gongjian.work.whistles.services.happening import keep, locked, moving, note
from gongjian.work.whistles.services.intake import recall_all, take_in
from gongjian.work.whistles.services.reports import Report

Kind = Happening.Kind
MOST_PARTS = 6


@transaction.atomic
def merge(actor: Account, *, whistle: Whistle, into: Whistle) -> Whistle:
    """`whistle` ends here; `into` goes on for both and carries its voices. Raises Conflict for what has ended."""
    require(actor, "whistles.merge", whistle)
    if whistle.pk == into.pk:
        raise Invalid(_("不能并入自己。"), code="itself", field="into")
    first, second = sorted((whistle, into), key=lambda item: item.pk)
    held = {first.pk: locked(first), second.pk: locked(second)}
    merged, target = held[whistle.pk], held[into.pk]
    if not target.is_open:
        raise Conflict(_("要并入的那件已经结束。"), code="ended", field="into")
    with moving(merged):
        merged.merge()
    merged.merged_into = target
    target.voices += merged.voices
    recall_all(merged)
    note(actor, merged, Kind.MERGED, words=target.number, public=True, into=target.pk)
    note(actor, target, Kind.MERGED, words=merged.number, merged=merged.pk)
    keep(target)
    return keep(merged)


@transaction.atomic
def unmerge(actor: Account, *, whistle: Whistle) -> Whistle:
    """It was another matter after all: its voices leave with it, and it is triaged anew. Its clock never stood still."""
    require(actor, "whistles.merge", whistle)
    whistle = locked(whistle)
    target = whistle.merged_into
    with moving(whistle):
        whistle.unmerge()
    assert target is not None
    target = locked(target)
    target.voices -= whistle.voices
    whistle.merged_into = whistle.lead = None
    note(actor, target, Kind.UNMERGED, words=whistle.number, unmerged=whistle.pk)
    note(actor, whistle, Kind.UNMERGED, words=target.number, public=True)
    keep(target)
    return keep(whistle)


@transaction.atomic
def split(actor: Account, *, whistle: Whistle, texts: Sequence[str], reason: str) -> list[Whistle]:
    """Several matters in one: a new whistle for each of `texts`, in the name of the same reporter; the first stays as it is."""
    require(actor, "whistles.merge", whistle)
    words = checked_words(reason, field="reason", sentence=_("请写明为什么拆分。"))
    cleaned = [checked_text(text, field="texts") for text in texts]
    if not 1 <= len(cleaned) <= MOST_PARTS:
        raise Invalid(_("请写出拆出来的事，一件一段，最多 %(most)s 件。") % {"most": MOST_PARTS}, code="texts", field="texts")
    whistle = locked(whistle)
    if not whistle.is_open or whistle.state == State.MERGED:
        raise Conflict(_("这件哨已经结束，不能再拆。"), code="wrong-state")
    parts = [_part(actor, whistle, text) for text in cleaned]
    note(actor, whistle, Kind.SPLIT, words=words, into=[part.pk for part in parts])
    keep(whistle)
    return parts


def _part(actor: Account, whistle: Whistle, text: str) -> Whistle:
    report = Report(
        text=text,
        place=whistle.place,
        spot=whistle.spot,
        latitude=whistle.latitude,
        longitude=whistle.longitude,
        name=whistle.reporter_name or "",
        phone=whistle.reporter_phone or "",
        email=whistle.reporter_email or "",
    )
    part = take_in(actor, office=whistle.office, report=report, source=whistle.source)
    part.split_from = whistle
    part.save(update_fields=["split_from"])
    return part
