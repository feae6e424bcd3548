from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.feedback import selectors
from gongjian.work.feedback.models import Message
from gongjian.work.feedback.services import MOST_PER_HOUR, MOST_PER_HOUR_FROM_ONE_ADDRESS, answer_message, send_message


def send(office: Any, **details: Any) -> Message:
    values = {"kind": "suggestion", "text": "路灯可以早点亮", **details}
    return send_message(AnonymousUser(), office=office, **values)


class TestSendMessage:
    def test_anybody_may_and_gets_a_link_that_cannot_be_guessed(self, office: Any) -> None:
        first, second = send(office), send(office)
        assert first.state == "received"
        assert first.token != second.token
        assert len(first.token) == 43
        assert selectors.follow(first.token) == first

    def test_the_contact_is_encrypted_at_rest(self, office: Any) -> None:
        send(office, contact="13800138000")
        with connection.cursor() as cursor:
            cursor.execute("SELECT contact FROM feedback_message")
            assert "13800138000" not in cursor.fetchone()[0]

    @pytest.mark.parametrize("text", ["", "   ", "好"])
    def test_a_word_or_two_is_too_little(self, office: Any, text: str) -> None:
        with pytest.raises(Invalid, match="写几个字"):
            send(office, text=text)

    def test_it_is_a_complaint_or_a_suggestion(self, office: Any) -> None:
        with pytest.raises(Invalid, match="投诉还是建议"):
            send(office, kind="praise")


class TestFlood:
    @pytest.fixture
    def address(self, settings: Any) -> str:
        import structlog

        with structlog.contextvars.bound_contextvars(ip="203.0.113.7"):
            yield "203.0.113.7"

    def test_from_one_address_twenty_an_hour(self, office: Any, address: str) -> None:
        for _ in range(MOST_PER_HOUR_FROM_ONE_ADDRESS):
            send(office, address=address)
        with pytest.raises(Conflict, match="稍后再发"):
            send(office, address=address)
        send(office, address="203.0.113.8")

    def test_an_hour_later_it_may_speak_again(self, office: Any, address: str) -> None:
        with clock.set_to(timezone.now() - timedelta(minutes=61)):
            for _ in range(MOST_PER_HOUR_FROM_ONE_ADDRESS):
                send(office, address=address)
        send(office, address=address)

    def test_from_everywhere_a_hundred_an_hour(self, office: Any) -> None:
        for _ in range(MOST_PER_HOUR):
            send(office)
        with pytest.raises(Conflict, match="打电话"):
            send(office)


class TestAnswerMessage:
    def test_the_answer_is_read_under_the_link(self, office: Any) -> None:
        clerk, message = make_clerk(office), send(office)
        answer_message(clerk, message=message, answer="从今晚起提前半小时。")
        message = selectors.follow(message.token)
        assert (message.state, message.answer, message.answered_by) == ("answered", "从今晚起提前半小时。", clerk)

    def test_it_is_given_once(self, office: Any) -> None:
        clerk, message = make_clerk(office), send(office)
        answer_message(clerk, message=message, answer="从今晚起。")
        with pytest.raises(Conflict, match="答复过了"):
            answer_message(clerk, message=message, answer="从明晚起。")

    def test_it_says_something(self, office: Any) -> None:
        with pytest.raises(Invalid, match="写明答复"):
            answer_message(make_clerk(office), message=send(office), answer="好")

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.RESIDENT, Role.VOLUNTEER])
    def test_only_the_office_answers(self, office: Any, role: str) -> None:
        with pytest.raises(NotAllowed):
            answer_message(make_account(office, role), message=send(office), answer="从今晚起。")


class TestDeskItems:
    def test_what_waits_is_on_the_desk_with_its_day_the_oldest_first(self, office: Any) -> None:
        with clock.set_to(timezone.now() - timedelta(days=3)):
            old = send(office, text="井盖松了好久")
        send(office)
        items = selectors.desk_items(make_clerk(office))
        assert [item.title for item in items] == ["井盖松了好久", "路灯可以早点亮"]
        assert items[0].due == old.received_at + timedelta(days=7)

    def test_who_does_not_answer_has_none(self, office: Any) -> None:
        send(office)
        assert not selectors.desk_items(make_account(office, Role.AUDITOR))
