"""Reporting, following, rating and joining, as somebody without an account does it."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongjian.work.whistles import services
from gongjian.work.whistles.models import Policy, Voice, Whistle
from gongjian.work.whistles.tests.factories import Cast, make_category, make_photo, make_whistle

WORDS = {"text": "三号楼前的垃圾三天没有清了", "phone": "13800138000", "name": "王小明"}


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


class TestReporting:
    def test_a_stranger_gets_a_number_and_a_link(self, client: Any, office: Any) -> None:
        page = client.post(reverse("whistles:report"), WORDS, follow=True).content.decode()
        whistle = Whistle.objects.get()
        assert whistle.number in page
        assert f"http://testserver{reverse('whistles:follow', args=[whistle.token])}" in page
        assert "<svg" in page
        assert "13800138000" not in page

    def test_the_place_chosen_is_kept_and_found_by_coordinates_otherwise(self, client: Any, cast: Cast) -> None:
        place = cast.community
        client.post(reverse("whistles:report"), {**WORDS, "place": place.pk})
        assert Whistle.objects.get().community == place
        place.latitude, place.longitude = "34.780000", "113.650000"
        place.save()
        client.post(reverse("whistles:report"), {**WORDS, "latitude": "34.781", "longitude": "113.651"})
        assert Whistle.objects.latest("pk").community == place

    def test_two_clicks_are_one_whistle(self, client: Any, office: Any) -> None:
        once = {**WORDS, "submission": str(uuid.uuid4())}
        first, second = (client.post(reverse("whistles:report"), once)["Location"] for _ in range(2))
        assert first == second
        assert Whistle.objects.count() == 1

    def test_photos_of_camera_and_album_are_kept(self, client: Any, office: Any) -> None:
        files = {"camera": make_photo(), "photos": [make_photo("b.jpg", "blue"), make_photo("c.jpg", "green")]}
        client.post(reverse("whistles:report"), {**WORDS, **files})
        assert Whistle.objects.get().photos.count() == 3

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"text": "垃"}, "请写几个字"),
            ({"text": "长" * 34_000}, "内容太长"),
            ({"phone": "12345"}, "电话号码不对"),
            ({"phone": "11012345678"}, "不是手机号"),
            ({"latitude": "north", "longitude": "1"}, "坐标不对"),
            ({"photos": [SimpleUploadedFile("x.jpg", b"no photo at all")]}, "x.jpg"),
            ({"photos": [SimpleUploadedFile("x.jpg", b"")]}, "照片"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(
        self, client: Any, office: Any, wrong: dict[str, Any], sentence: str
    ) -> None:
        response = client.post(reverse("whistles:report"), {**WORDS, **wrong})
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert "王小明" in page
        assert wrong.get("text", WORDS["text"]) in page
        assert not Whistle.objects.exists()

    def test_five_photos_are_too_many(self, client: Any, office: Any) -> None:
        many = [make_photo(f"{n}.jpg", color) for n, color in enumerate(("red", "blue", "green", "white", "black"))]
        response = client.post(reverse("whistles:report"), {**WORDS, "photos": many})
        assert response.status_code == 422
        assert "最多传 4 张" in response.content.decode()

    def test_outside_the_office_it_is_taken_with_a_note(self, client: Any, office: Any) -> None:
        Policy.objects.create(office=office, center_latitude="34.78", center_longitude="113.65")
        sent = {**WORDS, "latitude": "39.90", "longitude": "116.40"}
        page = client.post(reverse("whistles:report"), sent, follow=True).content.decode()
        assert "不在本街道" in page

    def test_a_flood_is_told_to_wait_with_its_words_kept(self, client: Any, office: Any) -> None:
        for _ in range(30):
            client.post(reverse("whistles:report"), WORDS)
        response = client.post(reverse("whistles:report"), WORDS)
        assert response.status_code == 422
        assert "来得太密" in response.content.decode()
        assert WORDS["text"] in response.content.decode()
        assert Whistle.objects.count() == 30


class TestSimilar:
    def ask(self, client: Any, text: str, **more: Any) -> str:
        return client.post(reverse("whistles:similar"), {"text": text, **more}).content.decode()

    def test_neighbors_who_said_so_are_counted_and_not_quoted(self, client: Any, cast: Cast) -> None:
        make_whistle("三号楼前的垃圾三天没有清了，王阿姨说的", phone="13800138000")
        page = self.ask(client, "三号楼前垃圾没有清")
        assert "1 位邻居也说过" in page
        assert "王阿姨" not in page
        assert "13800138000" not in page

    def test_of_another_community_or_closed_nothing_is_shown(self, client: Any, cast: Cast) -> None:
        from gongjian.registry.tests.factories import make_community

        make_whistle("三号楼前的垃圾三天没有清了")
        assert "也说过" not in self.ask(client, "三号楼前垃圾没有清", place=make_community(cast.office).pk)
        cast.closed(Whistle.objects.get())
        assert "也说过" not in self.ask(client, "三号楼前垃圾没有清")

    def test_another_matter_is_not_alike(self, client: Any, cast: Cast) -> None:
        make_whistle("三号楼前的垃圾三天没有清了")
        assert "也说过" not in self.ask(client, "楼道的灯坏了一个星期")

    def test_the_guess_is_told(self, client: Any, office: Any) -> None:
        category = make_category()
        assert str(category) in self.ask(client, "垃圾没人清")

    def test_nonsense_is_no_error(self, client: Any, office: Any) -> None:
        assert client.post(reverse("whistles:similar"), {"place": "9" * 40, "latitude": "x"}).status_code == 200


class TestJoining:
    def test_a_neighbor_counts_once_however_often_they_click(self, client: Any, office: Any) -> None:
        whistle = make_whistle()
        for _ in range(2):
            page = client.post(reverse("whistles:join", args=[whistle.pk])).content.decode()
        assert "一共 2 位邻居" in page
        assert Voice.objects.count() == 1

    def test_two_browsers_are_two_neighbors(self, client: Any, office: Any) -> None:
        whistle = make_whistle()
        client.post(reverse("whistles:join", args=[whistle.pk]))
        type(client)().post(reverse("whistles:join", args=[whistle.pk]))
        assert Voice.objects.count() == 2

    def test_what_has_ended_is_not_joined(self, client: Any, cast: Cast) -> None:
        response = client.post(reverse("whistles:join", args=[cast.closed().pk]))
        assert response.status_code == 409

    def test_a_draft_is_nothing_to_strangers(self, client: Any, cast: Cast) -> None:
        draft = services.save_draft(cast.worker, report=services.Report(text="还没写完的草稿", place=cast.community))
        assert client.post(reverse("whistles:join", args=[draft.pk])).status_code == 404
        assert client.get(reverse("whistles:follow", args=[draft.token])).status_code == 404


class TestFollowing:
    def open(self, client: Any, whistle: Whistle) -> str:
        return client.get(reverse("whistles:follow", args=[whistle.token])).content.decode()

    def test_it_tells_who_has_it_until_when_and_why(self, client: Any, cast: Cast) -> None:
        whistle = cast.dispatched().whistle
        page = self.open(client, whistle)
        assert cast.organization.name in page
        assert "为什么是" in page
        assert "时限 7 天" in page
        assert "头一天不算" in page

    def test_no_name_of_staff_and_nothing_internal_is_told(self, client: Any, cast: Cast) -> None:
        whistle = cast.reported()
        services.comment(cast.clerk, whistle=whistle, words="这个居民很难缠")
        page = self.open(client, whistle)
        for account in (cast.clerk, cast.liaison, cast.worker):
            assert account.name not in page
        assert "难缠" not in page
        assert "已清运，并在楼前加了一个桶。" in page

    def test_a_script_in_the_text_stays_text(self, client: Any, office: Any) -> None:
        page = self.open(client, make_whistle("<script>alert(1)</script> 垃圾没清"))
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    def test_the_answer_is_kept_by_no_cache(self, client: Any, office: Any) -> None:
        response = client.get(reverse("whistles:follow", args=[make_whistle().token]))
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    def test_whoever_guesses_links_is_stopped(self, client: Any, office: Any) -> None:
        whistle = make_whistle()
        wrong = [client.get(reverse("whistles:follow", args=[f"guess-{n}"])).status_code for n in range(31)]
        assert wrong == [404] * 30 + [429]
        assert client.get(reverse("whistles:follow", args=[whistle.token])).status_code == 200

    def test_photos_are_for_who_holds_the_link(self, client: Any, office: Any) -> None:
        whistle, other = make_whistle(photos=[make_photo()]), make_whistle("另一件事情")
        picture = whistle.photos.get().pk
        found = client.get(reverse("whistles:follow_photo", args=[whistle.token, picture]))
        assert found["Content-Type"] == "image/jpeg"
        assert "no-store" in found["Cache-Control"]
        b"".join(found.streaming_content)
        assert client.get(reverse("whistles:follow_photo", args=[other.token, picture])).status_code == 404
        assert client.get(reverse("ledger:picture", args=[whistle.photos.get().evidence_id])).status_code in (302, 403, 404)

    def test_a_merged_one_shows_the_one_it_goes_on_in(self, client: Any, cast: Cast) -> None:
        one, other = make_whistle(), make_whistle("楼前垃圾堆了好几天")
        services.merge(cast.clerk, whistle=other, into=one)
        cast.dispatched(one)
        page = self.open(client, other)
        assert "一起办" in page
        assert cast.organization.name in page
        assert one.number not in page

    def test_withdrawn_by_who_reported_it(self, client: Any, office: Any) -> None:
        whistle = make_whistle()
        client.post(reverse("whistles:follow", args=[whistle.token]), {"reason": "已经自己解决了"})
        assert Whistle.objects.get().state == "withdrawn"
        assert "撤回" in self.open(client, whistle)

    def test_withdrawing_says_why(self, client: Any, office: Any) -> None:
        whistle = make_whistle()
        assert client.post(reverse("whistles:follow", args=[whistle.token]), {"reason": " "}).status_code == 422
        assert Whistle.objects.get().state == "blown"


class TestRating:
    GOOD = {"satisfaction": "satisfied", "solved": "yes", "contacted": "no", "words": "办得快"}

    @pytest.fixture
    def whistle(self, cast: Cast) -> Whistle:
        whistle = cast.reported()
        return services.verify(cast.worker, whistle=whistle, solved=True)

    def test_it_is_asked_for_once_verified_and_taken_once(self, client: Any, cast: Cast, whistle: Whistle) -> None:
        url = reverse("whistles:follow", args=[whistle.token])
        assert "请您评一评" in client.get(url).content.decode()
        assert "已经记下" in client.post(url, self.GOOD, follow=True).content.decode()
        whistle.refresh_from_db()
        assert (whistle.state, whistle.solved, whistle.satisfaction) == ("rated", True, "satisfied")
        again = client.post(url, {**self.GOOD, "satisfaction": "dissatisfied"})
        assert again.status_code == 422
        assert whistle.ratings.count() == 1

    @pytest.mark.parametrize("missing", ["satisfaction", "solved", "contacted"])
    def test_each_question_is_answered(self, client: Any, whistle: Whistle, missing: str) -> None:
        said = {name: value for name, value in self.GOOD.items() if name != missing}
        response = client.post(reverse("whistles:follow", args=[whistle.token]), said)
        assert response.status_code == 422
        assert "办得快" in response.content.decode()

    def test_before_it_is_verified_nothing_can_be_rated(self, client: Any, office: Any) -> None:
        whistle = make_whistle()
        assert "请您评一评" not in client.get(reverse("whistles:follow", args=[whistle.token])).content.decode()
        response = client.post(reverse("whistles:follow", args=[whistle.token]), self.GOOD)
        assert response.status_code == 422
        assert "还没有办到" in response.content.decode()
