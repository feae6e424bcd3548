"""What the resident thinks of it: by the secret link, or asked on the phone."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Happening, Rating, Revisit, Whistle
from gongjian.work.whistles.models.whistles import Satisfaction, State
from gongjian.work.whistles.services.happening import keep, locked, moving, note
from gongjian.work.whistles.services.telling import tell_community

Kind = Happening.Kind
AFTER_REPORT = (State.REPORTED, State.VERIFIED, State.RATED, State.CLOSED)


@transaction.atomic
def rate_by_link(actor: Any, *, whistle: Whistle, satisfaction: str, solved: bool, contacted: bool, words: str = "") -> Whistle:
    """Whoever holds the link speaks for the resident, once a round. It counts as a valid revisit."""
    require(actor, "whistles.follow")
    _check(satisfaction)
    whistle = locked(whistle)
    if whistle.state not in (State.VERIFIED, State.RATED, State.CLOSED):
        raise Conflict(_("还没有办到可以评价的一步，办完会请您来评。"), code="wrong-state")
    _rate_once(whistle, satisfaction, solved, words)
    if whistle.state == State.VERIFIED:
        with moving(whistle):
            whistle.rate()
    _count(
        None,
        whistle,
        means=Revisit.Means.LINK,
        valid=True,
        contacted=contacted,
        solved=solved,
        satisfaction=satisfaction,
        words=words,
    )
    note(actor, whistle, Kind.RATED, words=words, public=True, side="resident", satisfaction=satisfaction, solved=solved)
    tell_community(whistle, "whistles.rated")
    return keep(whistle)


@transaction.atomic
def revisit(
    actor: Account,
    *,
    whistle: Whistle,
    means: str,
    valid: bool,
    contacted: bool = False,
    solved: bool = False,
    satisfaction: str = "",
    words: str = "",
) -> Revisit:
    """Asked afterwards. Not `valid`: nobody answered, or would not say; such a revisit counts for nothing."""
    require(actor, "whistles.revisit", whistle)
    if means not in Revisit.Means.values or means == Revisit.Means.LINK:
        raise Invalid(_("请选回访方式。"), code="means", field="means")
    if valid:
        _check(satisfaction)
    whistle = locked(whistle)
    if whistle.state not in AFTER_REPORT:
        raise Conflict(_("还没有反馈，不能回访。"), code="wrong-state")
    asked = _count(
        actor,
        whistle,
        means=means,
        valid=valid,
        contacted=contacted,
        solved=solved,
        satisfaction=satisfaction if valid else "",
        words=words,
    )
    if valid and whistle.state == State.VERIFIED:
        with moving(whistle):
            whistle.rate()
    note(actor, whistle, Kind.REVISITED, words=words, means=means, valid=valid, satisfaction=asked.satisfaction)
    keep(whistle)
    return asked


def _check(satisfaction: str) -> None:
    if satisfaction not in Satisfaction.values:
        raise Invalid(_("请选满意、基本满意或不满意。"), code="satisfaction", field="satisfaction")


def _rate_once(whistle: Whistle, satisfaction: str, solved: bool, words: str) -> None:
    rating = Rating(
        whistle=whistle,
        side=Rating.Side.RESIDENT,
        community=whistle.community,
        satisfaction=satisfaction,
        solved=solved,
        words=words.strip()[:500],
        at=clock.now(),
        round=whistle.round,
    )
    try:
        with transaction.atomic():
            rating.save()
    except IntegrityError as error:
        raise Conflict(_("您已经评价过了，谢谢。"), code="rated") from error


def _count(actor: Account | None, whistle: Whistle, *, words: str, **said: Any) -> Revisit:
    """The newest revisit counts; a valid one is never pushed aside by one without an answer."""
    known = whistle.revisits.filter(counts=True).first()
    counts = known is None or said["valid"] or not known.valid
    if known and counts:
        Revisit.objects.filter(pk=known.pk).update(counts=False)
    if said["valid"]:
        whistle.solved, whistle.satisfaction = said["solved"], said["satisfaction"]
    asked: Revisit = Revisit.objects.create(
        whistle=whistle, at=clock.now(), by=actor, words=words.strip()[:500], counts=counts, **said
    )
    return asked
