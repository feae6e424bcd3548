import uuid
from typing import Any

import pytest
from django.urls import reverse

from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.feedback.models import Message

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"
WORDS = {"kind": "complaint", "text": "楼道的灯坏了三天", "contact": "13800138000"}


class TestNew:
    def test_a_stranger_says_it_and_follows_it(self, client: Any, office: Any) -> None:
        page = client.post(reverse("feedback:new"), WORDS, follow=True).content.decode()
        assert "街道收到了" in page
        assert "楼道的灯坏了三天" in page
        assert "13800138000" not in page

    def test_sent_twice_it_arrives_once(self, client: Any, office: Any) -> None:
        once = {**WORDS, "submission": str(uuid.uuid4())}
        assert client.post(reverse("feedback:new"), once)["Location"] == client.post(reverse("feedback:new"), once)["Location"]
        assert Message.objects.count() == 1

    def test_too_little_is_refused_and_what_was_typed_stays(self, client: Any, office: Any) -> None:
        response = client.post(reverse("feedback:new"), {**WORDS, "text": "灯"})
        assert response.status_code == 422
        page = response.content.decode()
        assert "请写几个字" in page
        assert "13800138000" in page

    def test_the_page_one_came_from_is_kept_without_its_query(self, client: Any, office: Any) -> None:
        page = client.get(reverse("feedback:new"), headers={"referer": "http://testserver/deeds/?phone=13800138000"})
        assert 'value="/deeds/"' in page.content.decode()
        assert "phone=" not in page.content.decode()

    def test_what_a_stranger_writes_is_text_and_no_page(self, client: Any, office: Any) -> None:
        response = client.post(reverse("feedback:new"), {**WORDS, "text": "<script>alert(1)</script>"}, follow=True)
        assert "<script>alert" not in response.content.decode()


class TestFollow:
    def test_a_wrong_link_is_told_to_check_it(self, client: Any, office: Any) -> None:
        response = client.get(reverse("feedback:follow", args=["nothing"]))
        assert response.status_code == 404
        assert "核对链接" in response.content.decode()


class TestAnswering:
    @pytest.fixture
    def message(self, client: Any, office: Any) -> Message:
        client.post(reverse("feedback:new"), WORDS)
        return Message.objects.get()

    def test_the_clerk_answers_and_the_stranger_reads(self, client: Any, office: Any, message: Message) -> None:
        client.force_login(make_clerk(office), backend=BACKEND)
        url = reverse("feedback:message", args=[message.pk])
        assert "13800138000" in client.get(url).content.decode()
        assert "已答复" in client.post(url, {"answer": "今天下午换好了。"}, follow=True).content.decode()
        client.logout()
        assert "今天下午换好了。" in client.get(reverse("feedback:follow", args=[message.token])).content.decode()

    def test_the_auditor_reads_without_the_contact_and_without_a_form(self, client: Any, office: Any, message: Message) -> None:
        client.force_login(make_account(office, Role.AUDITOR), backend=BACKEND)
        page = client.get(reverse("feedback:message", args=[message.pk])).content.decode()
        assert "楼道的灯坏了三天" in page
        assert "13800138000" not in page
        assert "写答复" not in page

    def test_the_inbox_is_kept_by_state(self, client: Any, office: Any, message: Message) -> None:
        client.force_login(make_clerk(office), backend=BACKEND)
        inbox = reverse("feedback:inbox")
        assert "楼道的灯" in client.get(inbox, {"state": "received"}).content.decode()
        assert "楼道的灯" not in client.get(inbox, {"state": "answered"}).content.decode()
        assert "楼道的灯" in client.get(inbox).content.decode()
