from datetime import timedelta
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest

from gongjian.kernel import clock
from gongjian.kernel.notifications.delivering import BACKOFF, LEASE, deliver_due, take
from gongjian.kernel.notifications.models import Delivery
from gongjian.kernel.notifications.selectors import channels_with_something_due
from gongjian.kernel.notifications.tasks import sweep
from gongjian.kernel.tests.notifications.factories import at, jobs, lines, make_channel, tell
from gongjian.kernel.tests.notifications.receivers import Mailbox, WebService
from gongjian.registry.tests.factories import make_clerk

A_WHILE = timedelta(seconds=5)


class TestMail:
    def test_a_letter_in_chinese_arrives(self, office: Any, mailbox: Mailbox) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, mailbox.url)
        tell(clerk, url="/lamps/7/")
        deliver_due(channel.pk)
        [letter] = mailbox.letters
        assert str(make_header(decode_header(letter["Subject"]))) == "投诉建议"
        text = "".join(part.get_payload(decode=True).decode() for part in letter.walk() if not part.is_multipart())
        assert "一号楼 的灯坏了" in text
        assert "/lamps/7/" in text
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts, delivery.last_error) == ("sent", 1, "")

    def test_refused_at_first_it_is_sent_again_later(self, office: Any, mailbox: Mailbox) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, mailbox.url)
        mailbox.refusals = 1
        tell(clerk)
        deliver_due(channel.pk)
        assert Delivery.objects.get().state == "failed"
        deliver_due(channel.pk)
        assert not mailbox.letters, "not before its time"
        with clock.set_to(clock.now() + BACKOFF[0] + A_WHILE):
            deliver_due(channel.pk)
        assert len(mailbox.letters) == 1
        assert (Delivery.objects.get().state, Delivery.objects.get().attempts) == ("sent", 2)


class TestBackoff:
    def test_five_retries_then_it_is_given_up(self, office: Any, service: WebService) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, service.url)
        service.statuses = [503] * 20
        tell(clerk)
        waits, now = [], clock.now()
        while (delivery := Delivery.objects.get()).state != "given_up":
            assert delivery.next_attempt_at is not None
            waits.append(round((delivery.next_attempt_at - now).total_seconds() / 60))
            now = delivery.next_attempt_at + A_WHILE
            with clock.set_to(now):
                deliver_due(channel.pk)
        assert waits == [0, 1, 5, 30, 120, 480]
        assert (delivery.attempts, delivery.last_error) == (6, "http-503")
        assert delivery.why == "对方没有收下（HTTP 503）。"
        with clock.set_to(now + timedelta(days=9)):
            deliver_due(channel.pk)
        assert len(service.statuses) == 14

    def test_a_retry_is_a_job_of_its_own(self, office: Any, service: WebService) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, service.url)
        service.statuses = [500]
        tell(clerk)
        deliver_due(channel.pk)
        assert jobs().latest("id").scheduled_at == Delivery.objects.get().next_attempt_at

    def test_one_failure_ends_the_round(self, office: Any, service: WebService) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, service.url)
        service.statuses = [500, 500]
        for _ in range(3):
            tell(clerk)
        deliver_due(channel.pk)
        assert len(service.statuses) == 1
        assert not service.received

    def test_a_server_that_is_not_there_is_unreachable(self, office: Any, this_machine: None) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, "json://127.0.0.1:9/")
        tell(clerk)
        deliver_due(channel.pk)
        assert Delivery.objects.get().last_error == "unreachable"


class TestKilled:
    def test_what_a_killed_worker_left_is_picked_up_after_its_lease(self, office: Any, written: Path) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk)
        tell(clerk)
        jobs().delete()
        assert len(take(channel.pk)) == 1  # and here the worker is killed
        assert channels_with_something_due() == []
        with clock.set_to(clock.now() + LEASE + A_WHILE):
            sweep(0)
            assert jobs().get().args == {"channel_id": channel.pk}
            deliver_due(channel.pk)
        assert len(lines(written)) == 1
        assert Delivery.objects.get().state == "sent"

    def test_what_kills_every_worker_is_given_up(self, office: Any, written: Path) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk)
        tell(clerk)
        now = clock.now()
        for _ in range(len(BACKOFF) + 1):
            with clock.set_to(now):
                assert take(channel.pk)
            now += LEASE + A_WHILE
        with clock.set_to(now):
            deliver_due(channel.pk)
        assert (Delivery.objects.get().state, Delivery.objects.get().last_error) == ("given_up", "broken-off")
        assert not written.exists()

    def test_a_worker_that_comes_too_late_changes_nothing(self, office: Any) -> None:
        from gongjian.kernel.notifications.delivering import _note_failure, _note_sent

        clerk = make_clerk(office)
        channel = make_channel(clerk)
        tell(clerk)
        slow = take(channel.pk)
        with clock.set_to(clock.now() + LEASE + A_WHILE):
            _note_sent(take(channel.pk))
        _note_failure(slow, "unreachable")
        assert Delivery.objects.get().state == "sent"


class TestDigest:
    def test_what_waits_becomes_one_message(self, office: Any, written: Path) -> None:
        clerk = make_clerk(office)
        with clock.set_to(at(9)):
            channel = make_channel(clerk, digest_hour=8)
            for number in "123":
                tell(clerk, context={"place": "二号楼", "number": number})
            deliver_due(channel.pk)
        assert not written.exists()
        with clock.set_to(at(8, 1, day=2)):
            deliver_due(channel.pk)
        [message] = lines(written)
        assert message["title"] == "您有 3 条通知"
        assert [number for number in "123" if f"编号 {number}" in message["body"]] == ["1", "2", "3"]
        assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


class TestQuietHours:
    def test_a_late_worker_does_not_wake_anybody(self, office: Any, written: Path) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, quiet_from=at(22).time(), quiet_until=at(7).time())
        with clock.set_to(at(21, 59)):
            tell(clerk)
        with clock.set_to(at(23)):
            deliver_due(channel.pk)
        assert not written.exists()
        assert Delivery.objects.get().next_attempt_at == at(7, day=2)
        with clock.set_to(at(7, day=2)):
            deliver_due(channel.pk)
        assert len(lines(written)) == 1


class TestWording:
    def test_each_channel_in_its_language(self, office: Any, written: Path) -> None:
        clerk = make_clerk(office)
        for language in ("zh-hans", "en"):
            make_channel(clerk, language=language)
        tell(clerk)
        for channel in clerk.channels.all():
            deliver_due(channel.pk)
        titles = [line["title"] for line in lines(written)]
        assert titles[0] == "投诉建议"
        assert titles[1].isascii()

    def test_a_missing_placeholder_and_a_lone_percent_sign_harm_nobody(self, office: Any) -> None:
        clerk = make_clerk(office)
        [broken] = tell(clerk, context={"place": "三号楼"})
        [mended] = tell(clerk, kind="lamps.mended")
        assert broken.body == "三号楼 的灯坏了，编号 …"
        assert mended.body == "100% 亮"

    def test_a_kind_that_is_gone_still_says_what_it_held(self, office: Any) -> None:
        [notice] = tell(make_clerk(office))
        notice.kind = "lamps.gone"
        assert (notice.title, notice.body) == ("lamps.gone", "place: 一号楼\nnumber: 7")


class TestSwitchedOff:
    @pytest.mark.parametrize("what", ["channel", "account"])
    def test_nothing_is_sent_there(self, office: Any, written: Path, what: str) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk)
        tell(clerk)
        if what == "channel":
            channel.enabled = False
            channel.save()
        else:
            clerk.is_active = False
            clerk.save()
        deliver_due(channel.pk)
        assert Delivery.objects.get().last_error == "off"
        assert not written.exists()
