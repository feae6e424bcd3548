"""Every attempt to reach the resident, of whatever round."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.registry.models import Account
from gongjian.work.whistles.models import Happening, Revisit, Whistle
from gongjian.work.whistles.services.handling import Means

LONG_AFTER_SECONDS = 600
"""Written down later than this, the log says so."""


@dataclass(frozen=True)
class Attempt:
    """`written_at` where it was written down long after it was made; `why`: contact or revisit."""

    at: datetime
    written_at: datetime | None
    why: str
    means: str
    reached: bool
    words: str
    by: Account | None


def attempts(whistle: Whistle) -> list[Attempt]:
    """Oldest first. The resident's own word by the link is no attempt."""
    contacts = whistle.happenings.filter(kind=Happening.Kind.CONTACT).select_related("by")
    revisits = whistle.revisits.exclude(means=Revisit.Means.LINK).select_related("by")
    found = [*map(_of_contact, contacts), *map(_of_revisit, revisits)]
    return sorted(found, key=lambda attempt: attempt.at)


def _of_contact(happening: Any) -> Attempt:
    detail = happening.detail
    at = datetime.fromisoformat(detail["said_at"]) if "said_at" in detail else happening.at
    late = (happening.at - at).total_seconds() > LONG_AFTER_SECONDS
    means = str(Means(detail["means"]).label)
    return Attempt(at, happening.at if late else None, _("联系"), means, detail["reached"], happening.words, happening.by)


def _of_revisit(revisit: Any) -> Attempt:
    return Attempt(revisit.at, None, _("回访"), revisit.get_means_display(), revisit.valid, revisit.words, revisit.by)
