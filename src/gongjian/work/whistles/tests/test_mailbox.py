"""Letters by mail, over a real IMAP server."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from PIL import Image

from gongjian.work.whistles.mailbox import polling
from gongjian.work.whistles.mailbox.configuration import Inbox, inbox, receiving_office
from gongjian.work.whistles.mailbox.polling import UNREADABLE, poll
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.tasks import read_mail
from gongjian.work.whistles.tests.factories import Cast
from gongjian.work.whistles.tests.imap import PASSWORD, USER, Inboxes, make_letter, running_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running_server() as port:
        yield port


@pytest.fixture
def mail(port: int, office: Any) -> Inboxes:
    Cast()
    return Inboxes(port)


def read(mail: Inboxes) -> dict[str, int]:
    office = receiving_office()
    return dict(poll(Inbox("imap", "127.0.0.1", mail.port, USER, PASSWORD), office))


def picture(kind: str = "JPEG", color: str = "red") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(content, kind)
    return content.getvalue()


class TestReading:
    def test_a_letter_becomes_a_whistle_with_its_clocks(self, mail: Inboxes) -> None:
        mail.deliver(make_letter("三号楼前的垃圾三天没有清了。\n\n-- \n样例", "回复：垃圾没清"))
        assert read(mail) == {"taken": 1}
        whistle = Whistle.objects.get()
        assert whistle.text == "垃圾没清\n三号楼前的垃圾三天没有清了。"
        assert (whistle.source, whistle.external_number, whistle.state) == ("mail", "1@example.org", "blown")
        assert (whistle.reporter_email, whistle.reporter_name) == ("neighbor@example.org", "样例")
        assert whistle.suggestion["category"] == "refuse"
        assert whistle.resolution_due_at

    def test_the_address_lies_encrypted(self, mail: Inboxes) -> None:
        mail.deliver(make_letter())
        read(mail)
        with connection.cursor() as cursor:
            cursor.execute("SELECT reporter_email FROM whistles_whistle")
            assert "neighbor" not in cursor.fetchone()[0]

    def test_what_was_read_is_not_read_again(self, mail: Inboxes) -> None:
        mail.deliver(make_letter())
        assert [read(mail), read(mail)] == [{"taken": 1}, {}]

    def test_killed_between_storing_and_flagging_it_is_one_whistle(self, mail: Inboxes) -> None:
        mail.deliver(make_letter())
        read(mail)
        mail.unflag()  # what the server knows if the worker died before it could say so
        assert read(mail) == {"known": 1}
        assert Whistle.objects.count() == 1
        assert read(mail) == {}

    def test_without_a_message_id_the_same_letter_is_known_too(self, mail: Inboxes) -> None:
        letter = make_letter()
        del letter["Message-ID"]
        for _ in range(2):
            mail.deliver(letter)
        assert read(mail) == {"taken": 1, "known": 1}

    def test_html_is_read_where_there_is_nothing_else(self, mail: Inboxes) -> None:
        letter = make_letter()
        letter.set_content("<p>路灯<b>不亮</b></p><script>alert(1)</script>", subtype="html")
        mail.deliver(letter)
        read(mail)
        assert Whistle.objects.get().text == "垃圾没清\n路灯不亮"

    def test_plain_text_is_preferred(self, mail: Inboxes) -> None:
        letter = make_letter("纯文字的内容")
        letter.add_alternative("<p>网页的内容</p>", subtype="html")
        mail.deliver(letter)
        read(mail)
        assert Whistle.objects.get().text.endswith("纯文字的内容")

    def test_photos_come_along_and_broken_ones_do_not_spoil_it(self, mail: Inboxes) -> None:
        letter = make_letter()
        colors = ("red", "green", "blue", "white", "black")
        letter.add_attachment(b"no picture", maintype="image", subtype="jpeg", filename="broken.jpg")
        letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
        for color in colors:
            letter.add_attachment(picture(color=color), maintype="image", subtype="jpeg", filename="同名.jpg")
        mail.deliver(letter)
        assert read(mail) == {"taken": 1}
        assert Whistle.objects.get().photos.filter(moment="reported").count() == 4


class TestNotFromPersons:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"List_Id": "<news.example.org>"},
            {"List_Unsubscribe": "<https://example.org/u>"},
            {"Return_Path": "<>"},
            {"sender": "MAILER-DAEMON@example.org"},
        ],
    )
    def test_machines_blow_no_whistle(self, mail: Inboxes, headers: dict[str, str]) -> None:
        mail.deliver(make_letter(**headers))
        assert read(mail) == {"ignored": 1}
        assert not Whistle.objects.exists()
        assert read(mail) == {}

    def test_a_person_who_says_so_is_a_person(self, mail: Inboxes) -> None:
        mail.deliver(make_letter(Auto_Submitted="no"))
        assert read(mail) == {"taken": 1}

    def test_too_large_ones_are_not_even_fetched(self, mail: Inboxes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongjian.work.whistles.mailbox.letters.MOST_BYTES", 100)
        monkeypatch.setattr(polling, "_read", None)
        mail.deliver(make_letter())
        assert read(mail) == {"ignored": 1}


class TestUnreadable:
    BENT = (
        b"From: =?nonsense?B?!!?= <x\r\nSubject: =?gb9999?Q?=FF=FE?=\r\n"
        b"Content-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe"
    )

    def test_they_are_put_aside_and_stop_no_other(self, mail: Inboxes) -> None:
        before = mail.count(UNREADABLE)
        mail.deliver(make_letter("", "", number="empty"))
        mail.deliver(self.BENT + b"\x00")
        mail.deliver(make_letter(number="2"))
        became = read(mail)
        assert became["taken"] >= 1
        assert sum(became.values()) == 3
        assert mail.count(UNREADABLE) - before == became["unreadable"] >= 1
        assert Whistle.objects.filter(external_number="2@example.org").exists()
        assert read(mail) == {}

    def test_a_flood_of_one_sender_is_put_aside(self, mail: Inboxes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(polling, "MOST_PER_HOUR_FROM_ONE_SENDER", 2)
        for number in range(3):
            mail.deliver(make_letter(number=str(number)))
        mail.deliver(make_letter(number="other", sender="other@example.org"))
        assert read(mail) == {"taken": 3, "unreadable": 1}

    def test_far_too_many_words_are_cut_short_not_refused(self, mail: Inboxes) -> None:
        mail.deliver(make_letter("长" * 6000))
        assert read(mail) == {"taken": 1}
        assert len(Whistle.objects.get().text) <= 4000


class TestConfiguration:
    def test_the_address_says_everything(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGJIAN_MAILBOX", "imaps://a%40example.org:p%2Fw@mail.example.org/Letters")
        assert inbox() == Inbox("imaps", "mail.example.org", 993, "a@example.org", "p/w", "Letters")
        assert "p/w" not in repr(inbox())

    @pytest.mark.parametrize("wrong", ["https://a:b@c/", "imaps://mail.example.org", "imaps://a:b@c:port/", "nonsense"])
    def test_a_wrong_one_is_said_without_the_password(self, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
        monkeypatch.setenv("GONGJIAN_MAILBOX", wrong)
        with pytest.raises(ImproperlyConfigured, match="GONGJIAN_MAILBOX is not"):
            inbox()

    def test_several_offices_need_a_name(self, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from gongjian.registry.tests.factories import make_office

        other = make_office("邻街街道")
        with pytest.raises(ImproperlyConfigured):
            receiving_office()
        monkeypatch.setenv("GONGJIAN_MAILBOX_OFFICE", other.code)
        assert receiving_office() == other


class TestTheTask:
    def test_it_reads_what_is_configured(self, mail: Inboxes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGJIAN_MAILBOX", f"imap://{USER}:{PASSWORD}@127.0.0.1:{mail.port}/INBOX")
        mail.deliver(make_letter())
        read_mail(0)
        assert Whistle.objects.count() == 1

    def test_without_configuration_or_server_nothing_happens(self, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("GONGJIAN_MAILBOX", raising=False)
        read_mail(0)
        monkeypatch.setenv("GONGJIAN_MAILBOX", "imap://a:b@127.0.0.1:1/INBOX")
        read_mail(0)
        assert not Whistle.objects.exists()
