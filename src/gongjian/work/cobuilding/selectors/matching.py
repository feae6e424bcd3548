"""Questions about the newest run and what it suggested, as far as it concerns the asking account."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.cobuilding.matching import reasons
from gongjian.work.cobuilding.models import Dismissal, MatchingPolicy, MatchingRun, Suggestion, Unmatched
from gongjian.work.cobuilding.selectors.claims import WHOLE_OFFICE

State = MatchingRun.State


def policy(account: Account) -> MatchingPolicy:
    """The office's own, or the shipped one unsaved."""
    return MatchingPolicy.objects.first() or MatchingPolicy(office_id=account.office_id)


def newest_run() -> MatchingRun | None:
    return MatchingRun.objects.filter(state=State.DONE).order_by("-asked_at").first()


def last_asked() -> MatchingRun | None:
    return MatchingRun.objects.order_by("-asked_at").first()


def suggestions(account: Account) -> QuerySet[Suggestion]:
    """Of the newest run, best first: not yet taken up, not dismissed, and still there on both sides."""
    run = newest_run()
    if run is None:
        return Suggestion.objects.none()
    dismissed = Dismissal.objects.values("need", "offer")
    pairs = Q(pk__in=[])
    for row in dismissed.filter(need__suggestions__run=run).distinct():
        pairs |= Q(need=row["need"], offer=row["offer"])
    still_there = Q(need__taken__lt=F("need__quantity"), offer__taken__lt=F("offer__quantity"))
    still_there &= Q(need__withdrawn_at__isnull=True, offer__withdrawn_at__isnull=True)
    found = Suggestion.objects.filter(still_there & _own(account), run=run, claim__isnull=True).exclude(pairs)
    return found.select_related("need__place", "offer__organization", "offer__place").order_by("-score", "pk")


def get_suggestion(account: Account, pk: int) -> Suggestion:
    """Raises Missing also for one that does not concern `account`, or is no longer open."""
    found = suggestions(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("这条建议不在了：已经有人用了，或者重新配过了。"))
    return found


def unmatched(account: Account) -> list[Unmatched]:
    """What the newest run left open, in the account's communities; for the office everything."""
    run = newest_run()
    if run is None:
        return []
    found = run.unmatched.select_related("need__place").order_by("fitting", "need__kind", "pk")
    return list(found if account.holds(*WHOLE_OFFICE) else found.filter(_inside(account, "need__place")))


@dataclass(frozen=True)
class Ground:
    """One reason for a pair: in words, and how much of 100 it brought."""

    label: str
    words: str
    percent: int


def grounds(suggestion: Suggestion) -> list[Ground]:
    return [
        Ground(_("说的是不是一件事"), _alike(suggestion.words), suggestion.words // 10),
        Ground(_("离得近"), _near(suggestion), suggestion.nearness // 10),
        Ground(_("以往办得好"), _kept(suggestion), suggestion.record // 10),
    ]


def why_unmatched(one: Unmatched) -> str:
    """In words: why nothing fits, or that what fits went where it was needed more."""
    if one.fitting:
        return _("合适的有 %(count)s 条，都先给了更要紧的，或者还不够。") % {"count": one.fitting}
    if not one.reasons:
        return _("还没有单位提供这一类资源。")
    words = {
        reasons.TIME: _("时间对不上 %(count)s 条"),
        reasons.PLACE: _("太远或不给这个社区 %(count)s 条"),
        reasons.CONDITIONS: _("条件不满足 %(count)s 条"),
        reasons.QUANTITY: _("数量太零碎 %(count)s 条"),
        reasons.DISMISSED: _("有人说过不合适 %(count)s 条"),
        reasons.OTHER_THING: _("说的不是一样东西 %(count)s 条"),
    }
    return _("，").join(words[reason] % {"count": count} for reason, count in one.reasons.items()) + _("。")


def _alike(thousandths: int) -> str:
    if thousandths >= 600:
        return _("名称几乎一样")
    return _("名称里有相同的词") if thousandths >= 150 else _("同一类，说法不同")


def _near(suggestion: Suggestion) -> str:
    if suggestion.offer.place is None:
        return _("可以送过去")
    if suggestion.nearness == 1000:
        return _("就在同一个社区")
    if suggestion.meters is None:
        return _("没有坐标，按一半算")
    return _("相距约 %(meters)s 米") % {"meters": int(Decimal(suggestion.meters).quantize(Decimal("1e1")))}


def _kept(suggestion: Suggestion) -> str:
    if not suggestion.kept and not suggestion.lapsed:
        return _("第一次合作")
    count = suggestion.kept + suggestion.lapsed
    said = _("说好的 %(count)s 项，办成了 %(kept)s 项")
    return said % {"count": count, "kept": suggestion.kept}


def _own(account: Account) -> Q:
    if account.holds(*WHOLE_OFFICE):
        return Q()
    return _inside(account, "need__place") | Q(offer__organization__in=account.organization_ids())


def _inside(account: Account, place: str) -> Q:
    found: Q = Q(pk__in=[])
    for path in account.community_paths():
        found |= Q(**{f"{place}__path": path}) | Q(**{f"{place}__path__startswith": f"{path}/"})
    return found
