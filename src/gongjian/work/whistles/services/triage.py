"""What it is about, and whether it is the office's business at all."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Place
from gongjian.work.whistles.models import Category, Happening, Whistle
from gongjian.work.whistles.models.categories import Grade
from gongjian.work.whistles.models.whistles import BEFORE_DISPATCH
from gongjian.work.whistles.selectors.places import community_of
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import keep, locked, moving, note
from gongjian.work.whistles.services.intake import recall_all

Kind = Happening.Kind


@transaction.atomic
def triage(actor: Account, *, whistle: Whistle, category: Category, grade: str = "", place: Place | None = None) -> Whistle:
    """Category, grade (that of the category if empty) and place; later, while it is open, the same corrects them."""
    require(actor, "whistles.triage", whistle)
    if grade and grade not in Grade.values:
        raise Invalid(_("没有这个级别。"), code="grade", field="grade")
    whistle = locked(whistle)
    again = whistle.state not in BEFORE_DISPATCH
    with moving(whistle):
        if not (again and whistle.is_open):
            whistle.triage()
    whistle.category, whistle.grade = category, grade or category.grade
    if place is not None:
        whistle.place, whistle.community = place, community_of(place)
    note(actor, whistle, Kind.RECLASSIFIED if again else Kind.TRIAGED, words=str(category), public=True, category=category.code)
    return keep(whistle)


@transaction.atomic
def not_accept(actor: Account, *, whistle: Whistle, reason: str, words: str) -> Whistle:
    """`reason` is one of the six of the list; `words` tell the resident where to turn instead."""
    require(actor, "whistles.triage", whistle)
    if reason not in Whistle.NotAcceptedReason.values:
        raise Invalid(_("请选一个不予受理的原因。"), code="reason", field="reason")
    explained = checked_words(words, field="words", sentence=_("请给居民一句说明：该找谁、怎么办。"))
    whistle = locked(whistle)
    with moving(whistle):
        whistle.not_accept()
    whistle.not_accepted_reason = reason
    recall_all(whistle)
    note(actor, whistle, Kind.NOT_ACCEPTED, words=explained, public=True, reason=reason)
    return keep(whistle)
