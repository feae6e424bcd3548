"""What an account must do today about ratings."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import DomainError
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem
from gongjian.registry.models import Role
from gongjian.work.ratings.models import Fall, Notice, Objection, Result, Round
from gongjian.work.ratings.scoring.sheets import newest_findings, taking_part
from gongjian.work.ratings.services.noticing import check_over

MOST = 10


def desk_items(account: Any) -> list[DeskItem]:
    if not may(account, "ratings.view"):
        return []
    items = list(_to_check(account)) if may(account, "ratings.assess") else []
    if may(account, "ratings.review"):
        items += [*_to_review(account), *_falls(account)]
    if may(account, "ratings.manage"):
        items += [*_objections(), *_over()]
    return items


def _to_check(account: Any) -> Iterator[DeskItem]:
    """A clerk runs the round and need not see every candidate; who works in a community sees the own ones."""
    if account.holds(Role.OFFICE_CLERK):
        return
    for rated in Round.objects.filter(state=Round.State.ASSESSING).select_related("scheme", "version")[:MOST]:
        wanted = {one.code for one in rated.version.blueprint.indicators() if one.is_checked_by_a_person}
        found = newest_findings(rated)
        for candidate in taking_part(rated):
            if wanted - set(found.get(candidate.pk, {})) and may(account, "ratings.assess", candidate):
                due = rated.assess_until and timezone.make_aware(
                    datetime.combine(rated.assess_until + timedelta(days=1), time.min)
                )
                yield _item(str(candidate), rated.title, "ratings:candidate", candidate.pk, _("去查"), due)


def _to_review(account: Any) -> Iterator[DeskItem]:
    for rated in Round.objects.filter(state=Round.State.REVIEW)[:MOST]:
        waiting = Result.objects.filter(candidate__round=rated, run=rated.run, review__isnull=True)
        count = waiting.exclude(candidate__assessments__assessed_by=account).distinct().count()
        if count:
            yield _item(rated.title, _("%(n)d 个结果等复核") % {"n": count}, "ratings:round", rated.pk, _("复核"))
        elif not waiting.exists() and may(account, "ratings.manage"):
            yield _item(rated.title, _("都复核过了"), "ratings:round", rated.pk, _("挂公示"))


def _falls(account: Any) -> Iterator[DeskItem]:
    found = Fall.objects.filter(state=Fall.State.PROPOSED).exclude(proposed_by=account)
    for fall in found.select_related("scheme", "organization", "place")[:MOST]:
        yield _item(str(fall), fall.reason, "ratings:fall", fall.pk, _("复核"))


def _objections() -> Iterator[DeskItem]:
    found = Objection.objects.exclude(state=Objection.State.ANSWERED).filter(notice__ended_at__isnull=True)
    for one in found.select_related("notice__round")[:MOST]:
        action = _("写结果") if one.state == Objection.State.RECEIVED else _("答复")
        yield _item(_("异议：%(text)s") % {"text": one}, one.notice.round.title, "ratings:objection", one.pk, action)


def _over() -> Iterator[DeskItem]:
    found = Notice.objects.filter(ended_at__isnull=True, round__state=Round.State.NOTICE).select_related("round")
    for notice in found[:MOST]:
        try:
            check_over(notice)
        except DomainError:
            continue
        yield _item(notice.round.title, _("公示期满"), "ratings:round", notice.round_id, _("公布"))


def _item(title: str, detail: str, url_name: str, pk: int, action: str, due: Any = None) -> DeskItem:  # noqa: PLR0917
    return DeskItem(_("星级评定"), title, detail, reverse(url_name, args=[pk]), action, due)
