"""Reports that other systems pass on, with a key of their own."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.submissions import carry_out_once
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Happening, Whistle
from gongjian.work.whistles.services.intake import take_in
from gongjian.work.whistles.services.noting import note
from gongjian.work.whistles.services.reports import Report

MOST_URL = 500


@transaction.atomic
def report_by_machine(
    actor: Account,
    *,
    report: Report,
    source: str = Whistle.Source.OPEN311,
    media_url: str = "",
    once: str = "",
    before: Callable[[], None] = lambda: None,
) -> Whistle:
    """Reports with the same `once` of one account are one whistle. `before` counts what is new, and may refuse it.

    `media_url` is kept as text for staff to look at, never fetched: it may point anywhere. Raises Invalid.
    """
    require(actor, "whistles.report")
    link = checked_link(media_url)

    def act() -> dict[str, int]:
        before()
        whistle = take_in(actor, office=actor.office, report=report, source=source)
        if link:
            note(actor, whistle, Happening.Kind.COMMENT, words=_("照片链接（来自外部，未查看）：%(link)s") % {"link": link})
        return {"whistle": whistle.pk}

    made = carry_out_once(f"whistles:{source}:{actor.pk}:{once}", act).content if once else act()
    return Whistle.objects.get(pk=made["whistle"])


def checked_link(link: str) -> str:
    """An absolute web address, or nothing. Raises Invalid."""
    try:
        parts = urlsplit(link.strip())
        sound = not link.strip() or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        sound = False
    if not sound or len(link) > MOST_URL:
        raise Invalid(_("照片链接要是 http 或 https 网址，不超过 500 个字。"), code="media-url", field="media_url")
    return link.strip()
