"""The selection as board, list and map; moving, bulk acts, filters; and one whistle as a page."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_community, make_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Dispatch, SavedFilter, Whistle
from gongjian.work.whistles.services.escalating import check_clocks
from gongjian.work.whistles.tests.factories import Cast, make_category, make_photo, make_whistle

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"
VIEWS = ("board", "list", "map", "points", "export")


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


def sign_in(client: Any, account: Any) -> Any:
    client.force_login(account, backend=BACKEND)
    return client


def text_of(response: Any) -> str:
    return response.content.decode()


class TestScope:
    @pytest.fixture
    def other(self, cast: Cast) -> Whistle:
        return make_whistle("邻社区的路灯不亮", place=make_community(cast.office))

    @pytest.mark.parametrize("view", ["board", "list", "map"])
    def test_a_liaison_sees_only_what_was_dispatched_to_the_own_unit(
        self, client: Any, cast: Cast, other: Whistle, view: str
    ) -> None:
        sent = cast.dispatched().whistle
        page = text_of(sign_in(client, cast.liaison).get(reverse(f"whistles:{view}")))
        assert sent.number in page
        assert other.number not in page

    @pytest.mark.parametrize("view", ["board", "list", "map"])
    def test_a_community_worker_sees_the_own_ground(self, client: Any, cast: Cast, other: Whistle, view: str) -> None:
        own = make_whistle(place=cast.community)
        page = text_of(sign_in(client, cast.worker).get(reverse(f"whistles:{view}")))
        assert own.number in page
        assert other.number not in page

    def test_what_is_out_of_reach_is_as_if_it_were_not_there(self, client: Any, cast: Cast, other: Whistle) -> None:
        for account in (cast.liaison, cast.worker):
            sign_in(client, account)
            assert client.get(reverse("whistles:whistle", args=[other.pk])).status_code == 404
            assert client.post(reverse("whistles:move", args=[other.pk]), {"to": "sent"}).status_code == 404

    def test_nobody_sees_the_drafts_of_others(self, client: Any, cast: Cast) -> None:
        draft = services.save_draft(cast.worker, report=services.Report(text="还没写完的草稿", place=cast.community))
        sign_in(client, cast.clerk)
        for view in VIEWS[:4]:
            assert draft.number not in text_of(client.get(reverse(f"whistles:{view}"), {"state": "all"}))
        assert client.get(reverse("whistles:whistle", args=[draft.pk])).status_code == 404
        assert sign_in(client, cast.worker).get(reverse("whistles:whistle", args=[draft.pk])).status_code == 200

    def test_the_points_are_of_the_same_reach(self, client: Any, cast: Cast) -> None:
        make_whistle("邻社区的路灯不亮", place=make_community(cast.office), latitude="34.78", longitude="113.65")
        mine = make_whistle(place=cast.community, latitude="34.79", longitude="113.66")
        found = sign_in(client, cast.worker).get(reverse("whistles:points")).json()["features"]
        assert [feature["id"] for feature in found] == [mine.pk]
        assert found[0]["geometry"]["coordinates"] == [113.66, 34.79]


class TestBoard:
    def columns(self, response: Any) -> dict[str, list[int]]:
        return {column.stage.key: [card.pk for card in column.cards] for column in response.context["columns"]}

    def test_each_whistle_stands_where_it_has_come_to(self, client: Any, cast: Cast) -> None:
        fresh, sent, reported = make_whistle(), cast.dispatched().whistle, cast.reported()
        cast.closed()
        found = self.columns(sign_in(client, cast.clerk).get(reverse("whistles:board")))
        assert found == {"new": [fresh.pk], "sent": [sent.pk], "doing": [], "reported": [reported.pk], "rating": []}

    def test_the_most_urgent_stands_on_top(self, client: Any, cast: Cast) -> None:
        slow = make_whistle(category=make_category("slow", resolution_amount=30))
        fast = make_whistle(category=make_category("fast", resolution_amount=1))
        assert self.columns(sign_in(client, cast.clerk).get(reverse("whistles:board")))["new"] == [fast.pk, slow.pk]

    def test_long_columns_are_cut_and_their_count_is_capped(self, client: Any, cast: Cast) -> None:
        like = make_whistle()
        copies = [Whistle(**copied(like, number)) for number in range(101)]
        Whistle.objects.bulk_create(copies)
        response = sign_in(client, cast.clerk).get(reverse("whistles:board"))
        column = response.context["columns"][0]
        assert (len(column.cards), column.count) == (15, "100+")

    def test_overdue_is_said_in_words_beside_the_color(self, client: Any, cast: Cast) -> None:
        make_whistle()
        with clock.set_to(clock.now() + timedelta(days=9)):
            check_clocks()
            page = text_of(sign_in(client, cast.clerk).get(reverse("whistles:board")))
        assert "逾期" in page
        assert "红色超期" in page

    def test_a_script_in_the_text_stays_text(self, client: Any, cast: Cast) -> None:
        whistle = make_whistle("<script>alert(1)</script>")
        sign_in(client, cast.clerk)
        for url in (*(reverse(f"whistles:{view}") for view in VIEWS[:3]), reverse("whistles:whistle", args=[whistle.pk])):
            assert "<script>alert" not in text_of(client.get(url))


def copied(whistle: Whistle, number: int) -> dict[str, Any]:
    names = ("office_id", "source", "text", "place_id", "community_id", "received_at", "blown_at", "state", "resolution_due_at")
    return {name: getattr(whistle, name) for name in names} | {"token": f"copy-{number}"}


class TestSelecting:
    @pytest.fixture
    def found(self, client: Any, cast: Cast) -> Any:
        sign_in(client, cast.clerk)
        return lambda **query: [w.pk for w in client.get(reverse("whistles:list"), query).context["page"].items]

    def test_by_words_and_by_number(self, found: Any, cast: Cast) -> None:
        one, other = make_whistle("楼道的灯坏了"), make_whistle("水管漏了一地")
        assert found(words="灯坏") == [one.pk]
        assert found(words=other.number) == [other.pk]

    def test_by_state_group(self, found: Any, cast: Cast) -> None:
        fresh, closed = make_whistle(), cast.closed()
        assert found() == [fresh.pk]
        assert found(state="ended") == [closed.pk]
        assert found(state="all") == [closed.pk, fresh.pk]
        assert found(state="blown") == [fresh.pk]
        assert found(state="mine") == [fresh.pk]

    def test_by_category_lead_community_and_day(self, found: Any, cast: Cast) -> None:
        sent, fresh = cast.dispatched().whistle, make_whistle()
        today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
        assert found(category="refuse") == found(category="major:环境卫生") == found(lead=cast.organization.pk) == [sent.pk]
        assert found(community=cast.community.pk, since=today, until=today) == [fresh.pk, sent.pk]
        assert found(since=tomorrow) == []

    def test_nonsense_selects_as_if_it_were_not_said(self, found: Any, cast: Cast) -> None:
        fresh = make_whistle()
        assert found(state="nowhere", community="x", color="red", since="soon", words="9" * 50) in ([], [fresh.pk])
        assert found(state="nowhere", community="x", color="red", since="soon") == [fresh.pk]

    def test_what_waits_for_a_liaison_and_a_worker(self, client: Any, cast: Cast) -> None:
        sent, reported = cast.dispatched().whistle, cast.reported()
        for account, waiting in ((cast.liaison, sent), (cast.worker, reported)):
            page = sign_in(client, account).get(reverse("whistles:list"), {"state": "mine"})
            assert [w.pk for w in page.context["page"].items] == [waiting.pk]

    def test_pages_follow_one_another_without_gap(self, client: Any, cast: Cast) -> None:
        like = make_whistle()
        Whistle.objects.bulk_create([Whistle(**copied(like, number)) for number in range(50)])
        sign_in(client, cast.clerk)
        for sort in ("", "urgent"):
            first = client.get(reverse("whistles:list"), {"sort": sort}).context["page"]
            second = client.get(reverse("whistles:list"), {"sort": sort, "cursor": first.next}).context["page"]
            assert len({w.pk for w in (*first.items, *second.items)}) == 51

    def test_the_sheet_holds_the_selection_and_no_reporter(self, client: Any, cast: Cast) -> None:
        from io import BytesIO

        from openpyxl import load_workbook

        whistle = make_whistle("=1+1 楼道的灯坏了", phone="13800138000", name="王小明")
        response = sign_in(client, cast.clerk).get(reverse("whistles:export"))
        rows = list(load_workbook(BytesIO(response.content)).active.values)
        assert rows[1][0] == whistle.number
        assert not {"13800138000", "王小明"} & {str(cell) for cell in rows[1]}
        assert AuditEntry.objects.filter(action="whistles.export").exists()


class TestConstantQueries:
    @pytest.mark.parametrize(("view", "most"), [("board", 27), ("list", 19), ("map", 21), ("points", 8)])
    def test_more_whistles_cost_no_more_queries(self, client: Any, cast: Cast, view: str, most: int) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        make_whistle(latitude="34.7", longitude="113.6")
        cast.dispatched()
        sign_in(client, cast.clerk)
        client.get(reverse(f"whistles:{view}"))
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(reverse(f"whistles:{view}"))
        for number in range(6):
            make_whistle(f"第 {number} 件不同的事情", latitude="34.7", longitude="113.6")
            cast.dispatched()
        with CaptureQueriesContext(connection) as many:
            client.get(reverse(f"whistles:{view}"))
        assert len(many) == len(few) <= most

    def test_a_long_history_costs_the_page_no_more_queries(self, client: Any, cast: Cast) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        whistle = cast.reported()
        url = reverse("whistles:whistle", args=[whistle.pk])
        sign_in(client, cast.clerk).get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        for number in range(8):
            services.comment(cast.clerk, whistle=whistle, words=f"第 {number} 次留言")
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) == len(few) <= 34


class TestMoving:
    def move(self, client: Any, whistle: Whistle, to: str, **headers: str) -> Any:
        return client.post(reverse("whistles:move", args=[whistle.pk]), {"to": to}, headers=headers)

    def test_to_work_is_accepting(self, client: Any, cast: Cast) -> None:
        whistle = cast.dispatched().whistle
        response = self.move(sign_in(client, cast.liaison), whistle, "doing", **{"HX-Request": "true"})
        assert response.status_code == 200
        assert 'id="board"' in text_of(response)
        assert "<html" not in text_of(response)
        whistle.refresh_from_db()
        assert whistle.state == "accepted"

    def test_what_needs_words_goes_to_its_form(self, client: Any, cast: Cast) -> None:
        whistle = make_whistle()
        sign_in(client, cast.clerk)
        assert f"/whistles/{whistle.pk}/" in self.move(client, whistle, "sent")["Location"]
        answer = self.move(client, whistle, "sent", **{"HX-Request": "true"})
        assert f"/whistles/{whistle.pk}/" in answer["HX-Redirect"]

    @pytest.mark.parametrize("to", ["rating", "new", "nowhere", ""])
    def test_steps_are_neither_skipped_nor_taken_back(self, client: Any, cast: Cast, to: str) -> None:
        response = self.move(sign_in(client, cast.clerk), cast.dispatched().whistle, to, **{"HX-Request": "true"})
        assert response.status_code == 422
        assert "只能往后移一步" in text_of(response)
        assert Whistle.objects.get().state == "dispatched"

    def test_who_may_not_is_told_so_and_the_card_stays(self, client: Any, cast: Cast) -> None:
        response = self.move(sign_in(client, cast.worker), cast.dispatched().whistle, "doing", **{"HX-Request": "true"})
        assert response.status_code == 422
        assert Dispatch.objects.get().state == "sent"


class TestBulk:
    def do(self, client: Any, whistles: list[Whistle], **data: Any) -> Any:
        return client.post(reverse("whistles:bulk"), {"whistle": [w.pk for w in whistles], **data}, follow=True)

    def test_triaged_and_dispatched_as_suggested(self, client: Any, cast: Cast) -> None:
        cast.category.lead = cast.organization
        cast.category.save()
        known, unknown = make_whistle(), make_whistle("说不清是什么事")
        page = text_of(self.do(sign_in(client, cast.clerk), [known, unknown], act="triage"))
        assert "办好了 1 件" in page
        assert "没有建议的类别" in page
        self.do(client, [known], act="dispatch")
        known.refresh_from_db()
        assert (known.state, known.lead) == ("dispatched", cast.organization)

    def test_assigned_to_one_organization(self, client: Any, cast: Cast) -> None:
        whistles, unit = [make_whistle(), make_whistle()], make_organization(cast.office)
        self.do(sign_in(client, cast.clerk), whistles, act="assign", organization=unit.pk)
        assert Whistle.objects.filter(lead=unit, state="dispatched").count() == 2

    def test_assigning_says_to_whom_and_ticking_nothing_does_nothing(self, client: Any, cast: Cast) -> None:
        sign_in(client, cast.clerk)
        assert "请选派给哪个单位" in text_of(self.do(client, [make_whistle()], act="assign"))
        assert "请先勾选几件" in text_of(self.do(client, [], act="print"))

    def test_a_liaison_prints_and_dispatches_nothing(self, client: Any, cast: Cast) -> None:
        mine, other = cast.dispatched().whistle, make_whistle()
        page = text_of(self.do(sign_in(client, cast.liaison), [mine, other], act="print"))
        assert mine.number in page
        assert other.number not in page
        self.do(client, [mine], act="assign", organization=cast.organization.pk)
        assert Whistle.objects.get(pk=mine.pk).state == "dispatched"

    def test_five_hundred_at_most(self, client: Any, cast: Cast) -> None:
        sent = {"whistle": list(range(1, 502)), "act": "triage"}
        assert sign_in(client, cast.clerk).post(reverse("whistles:bulk"), sent).status_code == 422


class TestSavedFilters:
    def test_it_is_kept_under_its_name_and_forgotten(self, client: Any, cast: Cast) -> None:
        sign_in(client, cast.clerk)
        url = reverse("whistles:save_filter") + "?state=overdue&nonsense=1"
        client.post(url, {"name": "超期的"})
        client.post(url, {"name": "超期的"})
        saved = SavedFilter.objects.get()
        assert saved.query == "state=overdue"
        assert "超期的" in text_of(client.get(reverse("whistles:list")))
        client.post(reverse("whistles:forget_filter", args=[saved.pk]))
        assert not SavedFilter.objects.exists()

    def test_those_of_others_are_not_touched(self, client: Any, cast: Cast) -> None:
        saved = services.save_filter(cast.clerk, name="我的", query="state=all")
        assert sign_in(client, cast.leader).post(reverse("whistles:forget_filter", args=[saved.pk])).status_code == 404

    def test_it_needs_a_name(self, client: Any, cast: Cast) -> None:
        sign_in(client, cast.clerk).post(reverse("whistles:save_filter"), {"name": " "})
        assert not SavedFilter.objects.exists()


class TestWhistlePage:
    def open(self, client: Any, account: Any, whistle: Whistle) -> str:
        return text_of(sign_in(client, account).get(reverse("whistles:whistle", args=[whistle.pk])))

    def test_it_tells_everything_that_happened_with_clocks_and_why(self, client: Any, cast: Cast) -> None:
        whistle = cast.reported()
        services.log_contact(cast.clerk, whistle=whistle, means="phone", reached=False, words="没人接")
        page = self.open(client, cast.clerk, whistle)
        for words in ("为什么是", "已清运", cast.organization.name, "没联系上", cast.liaison.name):
            assert words in page

    def test_the_reporter_is_masked_until_revealed_with_a_reason(self, client: Any, cast: Cast) -> None:
        whistle = make_whistle(name="王小明", phone="13800138000")
        page = self.open(client, cast.clerk, whistle)
        assert "王**" in page
        assert "138****8000" in page
        assert "13800138000" not in page
        url = reverse("whistles:reveal", args=[whistle.pk])
        assert client.post(url, {"reason": ""}).status_code == 422
        assert not AuditEntry.objects.filter(action="whistles.reveal_reporter").exists()
        response = client.post(url, {"reason": "打电话问清楚位置"})
        assert "13800138000" in text_of(response)
        assert response["Cache-Control"] == "no-store"
        assert AuditEntry.objects.get(action="whistles.reveal_reporter").detail == {"reason": "打电话问清楚位置"}

    def test_an_auditor_reveals_nobody(self, client: Any, cast: Cast) -> None:
        auditor = make_account(cast.office, Role.AUDITOR)
        whistle = make_whistle(name="王小明", phone="13800138000")
        assert "看全名和电话" not in self.open(client, auditor, whistle)
        assert client.post(reverse("whistles:reveal", args=[whistle.pk]), {"reason": "想看一看"}).status_code == 403

    def test_neighbors_who_joined_silently_are_one_line(self, client: Any, cast: Cast) -> None:
        whistle = make_whistle()
        for visitor in "abc":
            services.join(cast.clerk, whistle=whistle, visitor=visitor)
        assert "又有 3 人反映" in self.open(client, cast.clerk, whistle)

    def test_the_suggestion_says_what_and_whom(self, client: Any, cast: Cast) -> None:
        cast.category.lead = cast.organization
        cast.category.save()
        page = self.open(client, cast.clerk, make_whistle())
        assert str(cast.category) in page
        assert cast.organization.name in page

    def test_similar_and_merged_ones_are_linked(self, client: Any, cast: Cast) -> None:
        one, other = make_whistle(), make_whistle("三号楼前的垃圾好几天没有清了")
        assert reverse("whistles:whistle", args=[other.pk]) in self.open(client, cast.clerk, one)
        services.merge(cast.clerk, whistle=other, into=one)
        assert "并进来的" in self.open(client, cast.clerk, one)
        assert "已并入另一件" in self.open(client, cast.clerk, other)

    def test_a_pause_that_was_asked_for_is_shown(self, client: Any, cast: Cast) -> None:
        whistle = cast.dispatched().whistle
        until = clock.now() + timedelta(days=20)
        services.ask_pause(cast.liaison, whistle=whistle, kind="extend", reason="等配件到货", until=until)
        assert "等配件到货" in self.open(client, cast.clerk, whistle)

    def test_photos_are_for_who_sees_the_whistle(self, client: Any, cast: Cast) -> None:
        whistle, other = make_whistle(photos=[make_photo()]), make_whistle()
        picture = whistle.photos.get().pk
        found = sign_in(client, cast.clerk).get(reverse("whistles:photo", args=[whistle.pk, picture]) + "?small")
        assert found["Content-Type"] == "image/jpeg"
        b"".join(found.streaming_content)
        assert client.get(reverse("whistles:photo", args=[other.pk, picture])).status_code == 404
        assert sign_in(client, cast.liaison).get(reverse("whistles:photo", args=[whistle.pk, picture])).status_code == 404


class TestDeskAndSearch:
    def actions(self, account: Any) -> set[str]:
        from gongjian.work.whistles.selectors.desk import desk_items

        return {str(item.action) for item in desk_items(account)}

    def test_each_has_what_waits_for_them(self, cast: Cast) -> None:
        make_whistle()
        objected = cast.dispatched()
        services.object_to(cast.liaison, dispatch=objected, reason="不归我们管，请改派")
        paused = cast.dispatched()
        services.ask_pause(
            cast.liaison, whistle=paused.whistle, kind="extend", reason="等配件", until=clock.now() + timedelta(days=20)
        )
        cast.reported()
        assert self.actions(cast.clerk) == {"派单", "答复异议", "审批延期、暂停"}
        assert self.actions(cast.liaison) == {"应哨"}
        assert self.actions(cast.worker) == {"核实"}

    def test_what_is_red_stands_with_the_office(self, cast: Cast) -> None:
        cast.dispatched()
        with clock.set_to(clock.now() + timedelta(days=9)):
            check_clocks()
            assert self.actions(cast.leader) == {"督办"}

    def test_the_search_box_finds_by_words_and_number_within_reach(self, client: Any, cast: Cast) -> None:
        whistle = make_whistle("楼道的灯坏了", place=make_community(cast.office))
        for words in ("灯坏", whistle.number):
            found = [
                text_of(sign_in(client, who).get(reverse("desk:search"), {"q": words})) for who in (cast.clerk, cast.liaison)
            ]
            assert [f"/whistles/{whistle.pk}/" in page for page in found] == [True, False]
        client.logout()
        assert f"/whistles/{whistle.pk}/" not in text_of(client.get(reverse("desk:search"), {"q": "灯坏"}))

    def test_the_front_page_counts_and_quotes_nobody(self, client: Any, cast: Cast) -> None:
        make_whistle("楼道的灯坏了")
        page = text_of(client.get(reverse("desk:home")))
        assert reverse("whistles:report") in page
        assert "正在办的事" in page
        assert "灯坏" not in page
