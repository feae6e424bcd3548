"""Lists that go out, with the columns by which they can come in again and how far each has come."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from gongjian.kernel.quantities import CHINESE
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.work.cobuilding.models import Claim, Need, Offer
from gongjian.work.cobuilding.sheets import columns as at

MOST = 10_000


def needs(found: QuerySet[Need]) -> HttpResponse:
    head = ["编号", *(column.title for column in at.NEEDS), "已认领"]
    rows = (
        [need.pk, need.place.name, *at.written(need), need.farthest_meters or "", need.taken.normalize()]
        for need in found[:MOST]
    )
    return spreadsheet("需求清单", head, rows)


def offers(found: QuerySet[Offer]) -> HttpResponse:
    head = ["编号", *(column.title for column in at.OFFERS), "已认领"]
    rows = (
        [
            offer.pk,
            offer.organization.name,
            *at.written(offer),
            offer.place.name if offer.place else "",
            offer.taken.normalize(),
        ]
        for offer in found[:MOST]
    )
    return spreadsheet("资源清单", head, rows)


def _offer_row(offer: Offer) -> list[Any]:
    place = offer.place.name if offer.place else ""
    return [offer.pk, offer.organization.name, *at.written(offer), place, offer.taken.normalize()]


def claims(found: QuerySet[Claim]) -> HttpResponse:
    head = ["编号", "名称", "单位", "地方", "类别", "数量", "计量", "实收", "状态", "评价", "最近一步", "需求编号", "资源编号"]
    return spreadsheet("项目清单", head, _claim_rows(found[:MOST]))


def _claim_rows(found: Iterable[Claim]) -> Iterable[list[Any]]:
    kinds = {str(code): name for name, code in at.KINDS.items()}
    for claim in found:
        yield [
            claim.pk,
            claim.title,
            claim.organization.name,
            claim.place.name,
            kinds[claim.kind],
            claim.quantity.normalize(),
            CHINESE[claim.unit],
            claim.delivered.normalize() if claim.delivered is not None else "",
            claim.get_state_display(),
            claim.get_satisfaction_display(),
            timezone.localtime(claim.moved_at).date(),
            claim.need_id or "",
            claim.offer_id or "",
        ]
