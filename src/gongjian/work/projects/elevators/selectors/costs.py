"""Each flat's share: as it would be now, and as it was agreed."""

from collections.abc import Sequence

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Conflict, InvalidMany
from gongjian.work.projects.elevators import shares as arithmetic
from gongjian.work.projects.elevators.models import CostShare, Retrofit
from gongjian.work.projects.elevators.shares import Share
from gongjian.work.projects.voting.models import Flat, FlatOwner


def reckoned(retrofit: Retrofit) -> list[tuple[Flat, Share]]:
    """Among the flats of the vote's roll. Raises InvalidMany for what cannot be divided, Conflict without costs."""
    if retrofit.table is None or retrofit.total is None:
        raise Conflict(_("还没有定造价和系数。"), code="no-costs")
    flats = _flats(retrofit)
    without = [flat.number for flat in flats if flat.floor is None]
    if without:
        numbers = "、".join(without[:10])
        raise InvalidMany({"vote": _("名册里这些户没有楼层，分不了：%(numbers)s。") % {"numbers": numbers}})
    if not flats:
        raise InvalidMany({"vote": _("这次表决的名册是空的。")})
    found = arithmetic.shares(
        [arithmetic.Flat(flat.number, flat.floor or 0, flat.area) for flat in flats],
        coefficients=retrofit.table.by_floor,
        total=retrofit.total,
        subsidies=retrofit.subsidies,
    )
    return list(zip(flats, found, strict=True))


def _flats(retrofit: Retrofit) -> Sequence[Flat]:
    titles = Prefetch("titles", FlatOwner.objects.select_related("owner").order_by("pk"))
    return list(Flat.objects.filter(vote=retrofit.vote_id).prefetch_related(titles).order_by("floor", "number"))


def shares_of(retrofit: Retrofit) -> list[CostShare]:
    """As agreed; until then as it would be; none while nothing is set."""
    if retrofit.state in (Retrofit.State.AGREED, Retrofit.State.RUNNING) or retrofit.agreed_on:
        titles = Prefetch("flat__titles", FlatOwner.objects.select_related("owner").order_by("pk"))
        return list(retrofit.shares.select_related("flat").prefetch_related(titles))
    if retrofit.total is None:
        return []
    return [
        CostShare(retrofit=retrofit, flat=flat, coefficient=share.coefficient, amount=share.amount)
        for flat, share in reckoned(retrofit)
    ]
