"""Publishing a round: stars, and the deeds that they are. Stars falling between rounds."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.ledger.models import DeedKind
from gongjian.ledger.services import DeedSource, record_deed, take_in_evidence
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.ratings.models import Candidate, Fall, Notice, Result, Round, Scheme, Standing
from gongjian.work.ratings.selectors.standings import current_standings, stars_of
from gongjian.work.ratings.services.noticing import check_over
from gongjian.work.ratings.services.rounds import hold
from gongjian.work.ratings.services.words import said

CHINESE = "零一二三四五六七"


@transaction.atomic
def publish(actor: Account, *, rated: Round) -> Round:
    """Everybody who took part holds from now on what came out, more or less than before."""
    require(actor, "ratings.manage")
    rated = hold(rated, Round.State.NOTICE)
    notice = Notice.objects.select_for_update(of=("self",)).get(round=rated, run=rated.run)
    check_over(notice)
    notice.ended_at = clock.now()
    notice.save(update_fields=["ended_at"])
    rated.publish()
    rated.published_at = clock.now()
    rated.save()
    found = Result.objects.filter(candidate__round=rated, run=rated.run, candidate__left_at__isnull=True)
    results = list(found.select_related("candidate__organization__community", "candidate__place", "candidate__credited"))
    before = current_standings(rated.scheme)
    Standing.objects.bulk_create([_standing(rated, result, before) for result in results])
    for result in results:
        if result.stars and result.candidate.credited:
            _record(actor, rated, result)
        _tell(rated, result)
    audit.record(actor, "ratings.publish", rated)
    return rated


def _standing(rated: Round, result: Result, before: dict[tuple[str, int], Standing]) -> Standing:
    candidate = result.candidate
    was = before.get(_key(candidate))
    return Standing(
        scheme=rated.scheme,
        organization=candidate.organization,
        place=candidate.place,
        stars=result.stars,
        was=was.stars if was else None,
        since=clock.today(),
        result=result,
    )


def _key(candidate: Candidate) -> tuple[str, int]:
    return ("organization", candidate.organization_id) if candidate.organization_id else ("place", candidate.place_id or 0)


def _record(actor: Account, rated: Round, result: Result) -> None:
    """The deed of whom the stars are credited to; told in Chinese, whatever language the clerk reads."""
    candidate = result.candidate
    what = "" if candidate.organization else f"“{candidate.place}”"
    record_deed(
        actor,
        kind=DeedKind.objects.get(code="stars-won"),
        place=candidate.place or candidate.community or rated.office.place_set.get(level=Place.Level.SUBDISTRICT),
        organization=candidate.credited,
        statement=f"{what}获评“{rated.scheme.title}”{CHINESE[result.stars]}星（{rated.title}）",
        occurred_from=clock.today(),
        source=DeedSource("ratings", f"result:{result.pk}"),
    )


def _tell(rated: Round, result: Result) -> None:
    candidate = result.candidate
    if candidate.credited is None:
        return
    total = f"{result.total.normalize():f}"
    words = {"title": rated.title, "name": str(candidate), "stars": f"{result.stars}★", "total": total}
    url = reverse("ratings:result", args=[rated.pk, candidate.pk])
    notify([candidate.credited], "ratings.published", words, url=url, key=f"rated-{result.pk}")


@transaction.atomic
def propose_fall(
    actor: Account,
    *,
    scheme: Scheme,
    subject: Organization | Place,
    stars_to: int,
    reason: str,
    photos: Sequence[Any] = (),
) -> Fall:
    """Nothing falls before a second person says so. Raises Invalid unless it would be fewer stars than stand."""
    require(actor, "ratings.propose_fall", subject)
    now = stars_of(scheme, subject)
    if not 0 <= stars_to < now:
        raise Invalid(_("现在是 %(n)d 星，只能降到比它少。") % {"n": now}, code="not-lower", field="stars_to")
    fall = Fall(
        scheme=scheme,
        organization=subject if isinstance(subject, Organization) else None,
        place=subject if isinstance(subject, Place) else None,
        stars_from=now,
        stars_to=stars_to,
        reason=said(reason, _("请写明为什么降星。"), field="reason", least=4, most=300),
        proposed_at=clock.now(),
        proposed_by=actor,
    )
    try:
        with transaction.atomic():
            fall.save()
    except IntegrityError as error:
        raise Conflict(_("已经有人提出降星，等复核。"), code="proposed") from error
    fall.evidence.set([take_in_evidence(actor, file=photo, caption=f"{subject}：{fall.reason[:40]}") for photo in photos])
    audit.record(actor, "ratings.propose_fall", fall)
    return fall


@transaction.atomic
def decide_fall(actor: Account, *, fall: Fall, agreed: bool, words: str = "") -> Fall:
    """By somebody else than who proposed it. Raises Conflict if the stars have changed meanwhile."""
    require(actor, "ratings.review")
    fall = Fall.objects.select_for_update(of=("self",)).select_related("scheme", "organization", "place").get(pk=fall.pk)
    if fall.state != Fall.State.PROPOSED:
        raise Conflict(_("已经决定过了。"), code="decided")
    if fall.proposed_by_id == actor.pk:
        raise NotAllowed(_("是您提出的，要由别人复核。"), code="own-proposal")
    if not agreed:
        said(words, _("不同意的话，请写明理由。"), field="words", most=300)
    if agreed and stars_of(fall.scheme, fall.subject) != fall.stars_from:
        raise Conflict(_("它的星级已经变了，请重新提出。"), code="changed")
    fall.confirm() if agreed else fall.refuse()
    fall.decided_at, fall.decided_by, fall.words = clock.now(), actor, words.strip()
    fall.save()
    if agreed:
        Standing.objects.create(
            scheme=fall.scheme,
            organization=fall.organization,
            place=fall.place,
            stars=fall.stars_to,
            was=fall.stars_from,
            since=clock.today(),
            fall=fall,
        )
        _tell_of_fall(fall)
    audit.record(actor, "ratings.decide_fall", fall, agreed=agreed)
    return fall


def _tell_of_fall(fall: Fall) -> None:
    if fall.organization is None:
        return
    stars = f"{fall.stars_from}★ → {fall.stars_to}★"
    words = {"scheme": fall.scheme.title, "name": str(fall.organization), "stars": stars, "reason": fall.reason}
    url = reverse("ratings:of_organization", args=[fall.organization.pk])
    notify([fall.organization], "ratings.fallen", words, url=url, key=f"fallen-{fall.pk}")
