from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.kernel.errors import Invalid, NotAllowed
from gongjian.kernel.sheets.kinds import Row
from gongjian.work.cobuilding.models import Claim, Need, Offer
from gongjian.work.cobuilding.sheets import columns as at
from gongjian.work.cobuilding.sheets.incoming import ClaimSheet, NeedSheet, OfferSheet
from gongjian.work.cobuilding.tests.factories import Cast, another_community, make_accepted, make_need, make_offer

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"
LINE = {at.TITLE: "折叠椅", at.KIND: "物资", at.QUANTITY: "40", at.UNIT: "件"}


def filled(columns: Any, **cells: str) -> Row:
    row = Row(2, {column.title: "" for column in columns})
    row.cells |= cells
    return row


def opened(kind: type, actor: Any) -> Any:
    sheet = kind(actor)
    sheet.prepare()
    return sheet


class TestNeeds:
    def row(self, cast: Cast, **cells: str) -> Row:
        return filled(at.NEEDS, **{at.PLACE: cast.community.name, **LINE, **cells})

    def test_a_line_becomes_a_need(self, cast: Cast) -> None:
        sheet = opened(NeedSheet, cast.worker)
        more = {at.DAYS: "周二、周四", at.BEGIN: "9:00", at.END: "11:30", at.CONDITIONS: "免费，送货上门", at.FARTHEST: "800"}
        row = self.row(cast, **more)
        sheet.read(row)
        assert not Need.objects.exists()
        assert sheet.write([row]) == 1
        need = Need.objects.get()
        assert (need.weekdays, need.conditions, need.farthest_meters) == ([2, 4], ["delivered", "free"], 800)
        assert f"{need.hours_from:%H:%M}" == "09:00"

    @pytest.mark.parametrize(
        "cells",
        [
            {at.QUANTITY: "-1"},
            {at.QUANTITY: "1.5"},
            {at.UNIT: "平方米"},
            {at.KIND: "宝贝"},
            {at.BEGIN: "九点"},
            {at.DAYS: "周八"},
        ],
    )
    def test_what_cannot_be_says_why_and_writes_nothing(self, cast: Cast, cells: dict) -> None:
        with pytest.raises(Invalid):
            opened(NeedSheet, cast.worker).read(self.row(cast, **cells))
        assert not Need.objects.exists()

    def test_not_for_another_community(self, cast: Cast) -> None:
        other, _worker = another_community(cast)
        with pytest.raises(NotAllowed):
            opened(NeedSheet, cast.worker).read(self.row(cast, **{at.PLACE: other.name}))

    def test_a_line_that_stands_there_twice_is_taken_once(self, cast: Cast) -> None:
        rows = [self.row(cast), self.row(cast)]
        opened(NeedSheet, cast.worker).mark_repeated(rows)
        assert [row.repeated for row in rows] == [False, True]


class TestOffersAndClaims:
    def test_an_offer_comes_in_by_the_units_name(self, cast: Cast) -> None:
        sheet = opened(OfferSheet, cast.liaison)
        row = filled(at.OFFERS, **{at.UNIT_NAME: cast.organization.name, **LINE})
        sheet.read(row)
        sheet.write([row])
        assert Offer.objects.get().organization == cast.organization

    def test_claims_come_in_by_the_needs_number(self, cast: Cast) -> None:
        need, sheet = make_need(cast), opened(ClaimSheet, cast.liaison)
        line = {at.NEED: str(need.pk), at.UNIT_NAME: cast.organization.name, at.QUANTITY: "12"}
        row = filled(at.CLAIMS, **line)
        sheet.read(row)
        sheet.write([row])
        assert Claim.objects.get().state == "proposed"
        with pytest.raises(Invalid, match="只剩"):
            sheet.read(filled(at.CLAIMS, **{**line, at.QUANTITY: "41"}))


class TestGoingOut:
    @pytest.mark.parametrize(("name", "title"), [("needs", "折叠椅"), ("offers", "折叠椅"), ("claims", "折叠椅")])
    def test_each_list_is_an_excel_file(self, client: Any, cast: Cast, name: str, title: str) -> None:
        make_offer(cast)
        make_accepted(cast)
        client.force_login(cast.clerk, backend=BACKEND)
        answer = client.get(reverse(f"cobuilding:{name}"), {"xlsx": "1", "state": "all" if name != "claims" else ""})
        sheet = load_workbook(BytesIO(answer.content)).active
        assert any(title in [cell.value for cell in row] for row in sheet.iter_rows())
