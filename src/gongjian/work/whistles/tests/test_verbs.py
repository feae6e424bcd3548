"""Every act of staff through its page: it is done once however often one clicks, and refused where it cannot be."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conftest import QuietClient
from gongjian.registry.models import Account
from gongjian.registry.tests.factories import make_account, make_community, make_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Dispatch, Happening, Photo, Whistle
from gongjian.work.whistles.tests.factories import Cast, make_whistle
from gongjian.work.whistles.tests.stages import TRIES, Try
from gongjian.work.whistles.urls.verbs import VERBS

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


def signed_in(account: Account) -> Client:
    client = QuietClient()
    client.force_login(account, backend=BACKEND)
    return client


def send(cast: Cast, try_: Try, thing: Any, key: str, words: dict[str, Any]) -> Any:
    url = reverse(f"whistles:{try_.verb}", args=[thing.pk])
    return signed_in(getattr(cast, try_.who)).post(url, {**words, "submission": key})


def standing() -> list[Any]:
    """Everything that an act could have changed."""
    whistles = Whistle.objects.order_by("pk").values_list("pk", "state", "voices", "suspended", "lead", "category", "round")
    dispatches = Dispatch.objects.order_by("pk").values_list("pk", "state", "objection", "report")
    return [*whistles, *dispatches, Happening.objects.count()]


@pytest.mark.parametrize("try_", TRIES, ids=lambda try_: try_.verb)
class TestEveryVerb:
    def test_is_done_once_by_two_clicks(self, cast: Cast, try_: Try) -> None:
        thing, key = try_.ready(cast), str(uuid.uuid4())
        words, before = try_.words(cast, thing), standing()
        response = send(cast, try_, thing, key, words)
        assert response.status_code == 302, response.content.decode()
        after = standing()
        assert after != before
        assert type(thing)._base_manager.get(pk=thing.pk).__dict__.get("state", "") == try_.changes or not try_.changes
        again = send(cast, try_, thing, key, words)
        if try_.verb != "send_back":  # the draft is its author's alone again
            assert again["Location"] == response["Location"]
        assert standing() == after

    def test_is_refused_where_it_cannot_be_and_changes_nothing(self, cast: Cast, try_: Try) -> None:
        thing = (try_.wrong or try_.ready)(cast)
        words = try_.words(cast, thing)
        if try_.wrong is None:
            assert send(cast, try_, thing, str(uuid.uuid4()), words).status_code == 302
        before = standing()
        response = send(cast, try_, thing, str(uuid.uuid4()), words)
        assert response.status_code in (404, 409, 422)
        assert "alert error" in response.content.decode() or response.status_code != 422
        assert standing() == before

    def test_shows_its_form(self, cast: Cast, try_: Try) -> None:
        thing = try_.ready(cast)
        page = signed_in(getattr(cast, try_.who)).get(reverse(f"whistles:{try_.verb}", args=[thing.pk]))
        assert page.status_code == 200
        assert (thing if isinstance(thing, Whistle) else thing.whistle).number in page.content.decode()


def test_no_verb_is_left_untried() -> None:
    assert {try_.verb for try_ in TRIES} == {*VERBS, "dispatch"}


class TestBlow:
    WORDS = {"text": "三号楼的路灯不亮了", "source": "patrol", "spot": "三号楼东侧"}

    def blow(self, account: Account, **words: Any) -> Any:
        return signed_in(account).post(reverse("whistles:blow"), {**self.WORDS, **words})

    def test_it_sounds(self, cast: Cast) -> None:
        assert self.blow(cast.worker, place=cast.community.pk, category="refuse").status_code == 302
        whistle = Whistle.objects.get()
        assert (whistle.state, whistle.source, whistle.blown_by, whistle.category) == (
            "blown",
            "patrol",
            cast.worker,
            cast.category,
        )

    def test_a_worker_says_where_and_only_at_home(self, cast: Cast) -> None:
        elsewhere = make_community(cast.office)
        for place in ("", elsewhere.pk):
            assert self.blow(cast.worker, place=place).status_code == 422
        assert not Whistle.objects.exists()

    def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(self, cast: Cast) -> None:
        page = self.blow(cast.clerk, phone="12").content.decode()
        assert "请填手机号" in page
        assert "三号楼东侧" in page
        assert page.index("请填手机号") > page.index('name="phone"')

    def test_one_number_of_the_hotline_is_entered_once(self, cast: Cast) -> None:
        assert self.blow(cast.clerk, source="hotline", external_number="H7").status_code == 302
        page = self.blow(cast.clerk, source="hotline", external_number="H7")
        assert page.status_code == 422
        assert "已经登记过" in page.content.decode()

    def test_a_draft_is_kept_gone_on_with_and_blown(self, cast: Cast) -> None:
        self.blow(cast.worker, place=cast.community.pk, keep="1")
        draft = Whistle.objects.get()
        url = reverse("whistles:draft", args=[draft.pk])
        worker = signed_in(cast.worker)
        assert "三号楼东侧" in worker.get(url).content.decode()
        assert signed_in(cast.clerk).get(url).status_code == 404
        words = {**self.WORDS, "place": cast.community.pk, "category": "refuse", "spot": "三号楼西侧"}
        assert worker.post(url, {**words, "keep": "1"}).status_code == 302
        assert worker.post(url, words).status_code == 302
        whistle = Whistle.objects.get()
        assert (whistle.pk, whistle.state, whistle.spot, whistle.source) == (draft.pk, "blown", "三号楼西侧", "patrol")
        assert whistle.category == cast.category
        assert worker.post(url, words).status_code == 404


class TestDispatch:
    def send(self, cast: Cast, **words: Any) -> Any:
        whistle = services.triage(cast.clerk, whistle=make_whistle(), category=cast.category)
        rows = {"rows-TOTAL_FORMS": "3", "rows-INITIAL_FORMS": "0"}
        data = {"organization": cast.organization.name, **rows, **words}
        return signed_in(cast.clerk).post(reverse("whistles:dispatch", args=[whistle.pk]), data)

    def test_each_gets_its_task_and_limit(self, cast: Cast) -> None:
        helper = make_organization(cast.office)
        row = {"rows-0-organization": helper.name, "rows-0-task": "派车", "rows-0-amount": "5", "rows-0-unit": "hours"}
        assert self.send(cast, **row).status_code == 302
        lead, support = Dispatch.objects.order_by("part")
        assert (lead.organization, lead.limit_amount, lead.limit_unit) == (cast.organization, 7, "days")
        assert (support.organization, support.task, support.limit_amount, support.limit_unit) == (helper, "派车", 5, "hours")

    def test_one_organization_is_sent_once(self, cast: Cast) -> None:
        page = self.send(cast, **{"rows-1-organization": cast.organization.name})
        assert page.status_code == 422
        text = page.content.decode()
        assert text.index("同一个单位只派一次") > text.index('name="rows-1-organization"')
        assert not Dispatch.objects.exists()

    def test_more_rows_come_without_sending_and_keep_what_was_typed(self, cast: Cast) -> None:
        page = self.send(cast, more="1", **{"rows-2-task": "派两辆车", "task": "清运"})
        text = page.content.decode()
        assert page.status_code == 200
        assert 'name="rows-5-organization"' in text
        assert "派两辆车" in text
        assert "请写派给哪个单位" not in text
        assert not Dispatch.objects.exists()

    def test_what_a_row_lacks_is_said_beside_it(self, cast: Cast) -> None:
        text = self.send(cast, **{"rows-0-amount": "3"}).content.decode()
        assert "请选是天还是小时" in text
        assert "请写派给哪个单位" in text


class TestMerge:
    def test_what_looks_alike_is_offered(self, cast: Cast) -> None:
        one, other = make_whistle(), make_whistle("楼前的垃圾没人管")
        url = reverse("whistles:merge", args=[other.pk])
        clerk = signed_in(cast.clerk)
        assert one.number in clerk.get(url).content.decode()
        assert clerk.post(url, {"into": one.pk}).status_code == 302
        assert Whistle.objects.get(pk=other.pk).merged_into == one

    def test_a_wrong_number_is_refused_beside_it(self, cast: Cast) -> None:
        whistle = make_whistle()
        wrong = f"1999-{make_whistle().pk:06d}"
        for number in ("²", "abc", "2026-999999", "9" * 30, whistle.number, wrong):
            page = signed_in(cast.clerk).post(reverse("whistles:merge", args=[whistle.pk]), {"number": number})
            assert page.status_code == 422, number
        assert not Whistle.objects.filter(state="merged").exists()


class TestReportBack:
    def test_photos_are_kept_by_their_moment_and_others_refused_beside_their_field(self, cast: Cast, photo: Any) -> None:
        sent = services.accept(cast.liaison, dispatch=cast.dispatched())
        url, words = reverse("whistles:report_back", args=[sent.pk]), {"outcome": "solved", "words": "清走了"}
        liaison = signed_in(cast.liaison)
        text = liaison.post(url, {**words, "before": photo("before.txt", b"no photo")}).content.decode()
        assert text.index("errorlist") > text.index('name="before"')
        assert text.index("errorlist") < text.index('name="after"')
        assert liaison.post(url, {**words, "before": photo("1.png"), "after": photo("2.png")}).status_code == 302
        assert set(Photo.objects.values_list("moment", flat=True)) == {"before", "after"}


class TestComment:
    def comment(self, cast: Cast, **words: Any) -> Any:
        whistle = make_whistle()
        data = {"words": "请看照片", "public": "no", **words}
        return signed_in(cast.clerk).post(reverse("whistles:comment", args=[whistle.pk]), data)

    def test_who_is_chosen_is_named(self, cast: Cast) -> None:
        assert self.comment(cast, mention=cast.worker.username).status_code == 302
        happening = Happening.objects.get(kind="comment")
        assert (happening.public, happening.detail["mentions"]) == (False, [cast.worker.pk])

    def test_nobody_is_named_who_may_not_see_it(self, cast: Cast) -> None:
        stranger = make_account(cast.office, "unit_liaison", organization=make_organization(cast.office))
        for words in ({"mention": stranger.username}, {"words": f"@{stranger.username} 请看"}, {"mention": "nobody"}):
            assert self.comment(cast, **words).status_code == 422
        assert not Happening.objects.filter(kind="comment").exists()


class TestContactLog:
    def test_every_attempt_stands_there_with_who_and_what_came_of_it(self, cast: Cast) -> None:
        whistle = cast.dispatched().whistle
        services.log_contact(cast.liaison, whistle=whistle, means="phone", reached=False, words="响铃无人接听")
        services.log_contact(cast.liaison, whistle=whistle, means="visit", reached=True, words="约好下午三点")
        text = signed_in(cast.worker).get(reverse("whistles:contact_log", args=[whistle.pk])).content.decode()
        assert text.index("响铃无人接听") < text.index("约好下午三点")
        assert "共 2 次，联系上 1 次" in text
        assert cast.liaison.name in text
