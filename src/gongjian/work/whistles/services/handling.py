"""What the organizations do: report in, get in touch, come, mend, and say what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Dispatch, Happening, Photo, Whistle
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import keep, locked, locked_dispatch, moving, note
from gongjian.work.whistles.services.telling import tell_community, tell_organization

Kind = Happening.Kind


class Means(models.TextChoices):
    """By which a resident was contacted, or should have been."""

    PHONE = "phone", gettext_lazy("电话")
    VISIT = "visit", gettext_lazy("上门")
    MESSAGE = "message", gettext_lazy("短信、微信")
    MEETING = "meeting", gettext_lazy("当面")


def _step(actor: Account, dispatch: Dispatch, verb: str, kind: str, *, words: str = "", public: bool = True) -> Dispatch:
    """One step of a dispatch; the lead's step is the whistle's as well."""
    require(actor, "whistles.handle", dispatch)
    dispatch = locked_dispatch(dispatch)
    with moving(dispatch):
        getattr(dispatch, verb)()
    if dispatch.is_lead:
        with moving(dispatch.whistle):
            getattr(dispatch.whistle, verb)()
    setattr(dispatch, f"{kind}_at", clock.now())
    dispatch.save()
    note(actor, dispatch.whistle, kind, words=words, public=public, dispatch=dispatch, part=dispatch.part)
    keep(dispatch.whistle)
    return dispatch


@transaction.atomic
def accept(actor: Account, *, dispatch: Dispatch) -> Dispatch:
    """The organization reports in (应哨)."""
    return _step(actor, dispatch, "accept", Kind.ACCEPTED, words=dispatch.organization.called)


@transaction.atomic
def arrive(actor: Account, *, dispatch: Dispatch, words: str = "") -> Dispatch:
    """Somebody stands there. Answers the response clock, whoever's part it is."""
    return _step(actor, dispatch, "arrive", Kind.ON_SITE, words=words)


@transaction.atomic
def handle(actor: Account, *, dispatch: Dispatch, words: str = "") -> Dispatch:
    """The work is done; the report may follow."""
    return _step(actor, dispatch, "handle", Kind.HANDLED, words=words)


@transaction.atomic
def log_contact(
    actor: Account, *, whistle: Whistle, means: str, reached: bool, words: str, at: datetime | None = None
) -> Happening:
    """Every attempt, successful or not (联系记录). `at`: when it was, if it is written down later."""
    if not (actor.has_perm("whistles.handle", whistle) or actor.has_perm("whistles.revisit", whistle)):
        require(actor, "whistles.handle", whistle)
    if means not in Means.values:
        raise Invalid(_("请选联系方式。"), code="means", field="means")
    if at is not None and at > clock.now():
        raise Invalid(_("联系时间不能晚于现在。"), code="future", field="at")
    said = checked_words(words, field="words", sentence=_("请写联系的结果。"))
    whistle = locked(whistle)
    if not whistle.is_open:
        raise Conflict(_("这件哨已经结束。"), code="wrong-state")
    detail: dict[str, Any] = {"means": means, "reached": reached}
    if at is not None:
        detail["said_at"] = at.isoformat()
    happened = note(actor, whistle, Kind.CONTACT, words=said, **detail)
    keep(whistle)
    return happened


@transaction.atomic
def report(
    actor: Account,
    *,
    dispatch: Dispatch,
    outcome: str,
    words: str,
    before: Sequence[Any] = (),
    after: Sequence[Any] = (),
) -> Dispatch:
    """What came of it, with photos from before and after if there are any. The lead's report answers the resolution clock."""
    require(actor, "whistles.handle", dispatch)
    if outcome not in Dispatch.Outcome.values:
        raise Invalid(_("请选办理的结果。"), code="outcome", field="outcome")
    said = checked_words(words, field="words", sentence=_("请写明怎么办的、结果怎样；这会给居民看。"))
    current = locked_dispatch(dispatch)
    if current.is_lead and _supporters_at_work(current):
        raise Conflict(_("还有配合单位没有反馈：请先催一催，或请街道收回。"), code="supporters")
    photos = [(take_in_files(actor, files=files), moment) for files, moment in ((before, "before"), (after, "after"))]
    current.report, current.outcome, current.reported_at = said[:2000], outcome, clock.now()
    with moving(current):
        current.submit_report()
    current.save()
    whistle = current.whistle
    if current.is_lead:
        with moving(whistle):
            whistle.report()
    Photo.objects.bulk_create(
        [Photo(whistle=whistle, evidence=item, moment=moment) for items, moment in photos for item in items],
        ignore_conflicts=True,
    )
    note(
        actor, whistle, Kind.REPORTED, words=said, public=current.is_lead, dispatch=current, part=current.part, outcome=outcome
    )
    _tell_next(current)
    keep(whistle)
    return current


def _supporters_at_work(lead: Dispatch) -> bool:
    at_work = lead.whistle.dispatches.filter(part=Dispatch.Part.SUPPORT, state__in=Dispatch.WAITING)
    return at_work.exists()


def _tell_next(reported: Dispatch) -> None:
    """A supporter answers to the lead, the lead to the community."""
    whistle = reported.whistle
    if reported.is_lead:
        tell_community(whistle, "whistles.reported")
    elif whistle.lead:
        tell_organization(whistle, whistle.lead, "whistles.supported")
