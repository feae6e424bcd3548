import logging
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.models import AuditEntry
from gongjian.kernel.notifications import addresses, services
from gongjian.kernel.notifications.delivering import deliver_due
from gongjian.kernel.notifications.models import Channel, Delivery
from gongjian.kernel.notifications.selectors import get_channel, may_manage
from gongjian.kernel.tests.notifications.factories import at, lines, make_channel, tell
from gongjian.kernel.tests.notifications.receivers import WebService
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "json://127.0.0.1/",
            "json://localhost/",
            "jsons://10.0.0.8/hook",
            "form://192.168.1.1/",
            "xml://172.16.0.1/",
            "json://169.254.169.254/latest/meta-data",
            "json://[::1]/",
            "json://[fe80::1]/",
            "json://[::ffff:127.0.0.1]/",
            "json://2130706433/",
            "json://0x7f000001/",
            "json://0.0.0.0/",
            "json://224.0.0.1/",
            "bark://127.0.0.1/key",
            "mailto://someone:secret@127.0.0.1?from=li@example.org&to=wang@example.org",
            "mailto://someone:secret@example.org?smtp=127.0.0.1&to=wang@example.org",
        ],
    )
    def test_none_reaches_into_our_own_network(self, url: str) -> None:
        with pytest.raises(Invalid) as refused:
            addresses.understood(url)
        assert refused.value.code == "address-private"

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "nothing",
            "file:///etc/passwd",
            "file://elsewhere",
            "https://example.org/hook",
            "syslog://",
            "dbus://",
            "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/?template=/etc/passwd",
            "fcm://project/token?keyfile=/etc/passwd",
        ],
    )
    def test_only_the_kinds_that_we_know(self, url: str) -> None:
        with pytest.raises(Invalid) as refused:
            addresses.understood(url)
        assert refused.value.code == "address"

    @pytest.mark.parametrize(
        "parameter", ["redirect=yes", "rto=9999", "retry=99", "verify=no", "pgpprv=/etc/passwd", "wkd=yes", "cc=li@example.org"]
    )
    def test_only_the_parameters_that_we_know(self, parameter: str) -> None:
        with pytest.raises(Invalid) as refused:
            addresses.understood(f"mailto://a:b@example.org?to=wang@example.org&{parameter}")
        assert refused.value.code == "address-parameter"

    def test_one_recipient_for_a_channel(self, this_machine: None) -> None:
        with pytest.raises(Invalid) as refused:
            addresses.understood("mailto://a:b@127.0.0.1?from=zhang@example.org&to=wang@example.org,li@example.org")
        assert refused.value.code == "several-targets"

    @pytest.mark.parametrize(
        ("pasted", "url"),
        [
            ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa", "wecombot://693a91f6-7aaa"),
            ("https://oapi.dingtalk.com/robot/send?access_token=0123abcd", "dingtalk://0123abcd"),
            (" https://open.feishu.cn/open-apis/bot/v2/hook/0123-abcd\n", "feishu://0123-abcd"),
        ],
    )
    def test_a_robot_s_address_may_be_pasted(self, pasted: str, url: str) -> None:
        assert addresses.understood(pasted) == url

    def test_the_operator_opens_a_network(self, this_machine: None) -> None:
        assert addresses.understood("json://127.0.0.1:8080/hook")
        with pytest.raises(Invalid):
            addresses.understood("json://10.0.0.8/hook")

    def test_the_test_channel_is_the_operator_s_choice(self, settings: Any) -> None:
        assert addresses.understood("file://") == "file://"
        settings.NOTIFICATIONS_FILE = None
        with pytest.raises(Invalid):
            addresses.understood("file://")

    def test_a_name_that_moved_is_noticed_when_sending(self, office: Any, service: WebService, settings: Any) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, service.url)
        settings.NOTIFICATION_NETWORKS = []
        tell(clerk)
        deliver_due(channel.pk)
        assert Delivery.objects.get().last_error == "address"
        assert not service.received

    def test_a_redirect_leads_nowhere(self, office: Any, service: WebService) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, service.url)
        service.statuses, service.headers = [307], {"Location": f"http://127.0.0.1:{service.server_port}/inside"}
        tell(clerk)
        deliver_due(channel.pk)
        assert not service.received
        assert Delivery.objects.get().last_error == "http-307"


class TestSecrets:
    @pytest.mark.parametrize(
        ("url", "shown"),
        [
            ("json://someone:top-secret@127.0.0.1:8080/secret-path?+token=hidden", "json://127.0.0.1/…"),
            ("mailto://someone:top-secret@127.0.0.1?from=secret@example.org&to=secret@example.org", "mailto://127.0.0.1/…"),
            ("wecombot://secret-693a91f6", "wecombot://…"),
            ("dingtalk://secretkey@secrettoken", "dingtalk://…"),
        ],
    )
    def test_only_the_server_is_shown(self, this_machine: None, url: str, shown: str) -> None:
        assert addresses.shown(url) == shown

    def test_neither_table_nor_log_holds_them(
        self, office: Any, service: WebService, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        caplog.set_level(logging.INFO)
        clerk = make_clerk(office)
        channel = make_channel(clerk, service.url)
        service.statuses = [500]
        tell(clerk)
        deliver_due(channel.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT c::text || d::text FROM kernel_channel c, kernel_delivery d")
            stored = cursor.fetchone()[0]
        said = "".join(capfd.readouterr()) + str(list(AuditEntry.objects.values()))
        logged = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
        assert "secret" not in stored + said + logged
        assert Channel.objects.get().url == service.url


class TestTestChannel:
    def test_writes_a_line_that_only_the_operator_reads(self, office: Any, written: Path) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk)
        tell(clerk)
        deliver_due(channel.pk)
        [line] = lines(written)
        assert (line["channel"], line["title"], line["body"]) == ("值班群", "投诉建议", "一号楼 的灯坏了，编号 7")
        assert stat.S_IMODE(written.stat().st_mode) == 0o600


class TestWhoManages:
    def test_everybody_their_own_and_nobody_another_s(self, office: Any) -> None:
        one, other = make_account(office, Role.RESIDENT), make_clerk(office)
        assert make_channel(one).owner == one
        with pytest.raises(NotAllowed):
            make_channel(one, actor=other)

    def test_an_organization_s_its_liaison_and_a_clerk(self, office: Any) -> None:
        organization = make_organization(office)
        liaison = make_account(office, Role.UNIT_LIAISON, organization=organization)
        other = make_account(office, Role.UNIT_LIAISON, organization=make_organization(office))
        channel = make_channel(organization, actor=liaison)
        assert get_channel(make_clerk(office), channel.pk) == channel
        assert not may_manage(other, organization)
        with pytest.raises(NotAllowed):
            services.remove_channel(other, channel=channel)

    def test_an_organization_with_an_account_s_number_is_not_that_account(self, office: Any) -> None:
        resident, organization = make_account(office, Role.RESIDENT), make_organization(office)
        organization.pk = resident.pk
        assert not may_manage(resident, organization)


class TestRemoveChannel:
    def test_the_address_is_gone_the_log_stays_and_nothing_waits(self, office: Any) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk)
        tell(clerk)
        services.remove_channel(clerk, channel=channel)
        delivery = Delivery.objects.get()
        assert (delivery.channel, delivery.sent_to, delivery.state, delivery.last_error) == (
            None,
            "值班群",
            "given_up",
            "removed",
        )


class TestChangeChannel:
    def test_no_address_keeps_the_old_one(self, office: Any, this_machine: None) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk, "json://127.0.0.1/old")
        self.change(clerk, channel, url="")
        assert Channel.objects.get().url == "json://127.0.0.1/old"
        self.change(clerk, channel, url="wecombot://new-key-0123")
        assert (Channel.objects.get().url, Channel.objects.get().shown) == ("wecombot://new-key-0123", "wecombot://…")

    def test_half_a_night_is_refused(self, office: Any) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk)
        with pytest.raises(Invalid, match="要么都填"):
            self.change(clerk, channel, quiet_from=at(22).time())

    def change(self, actor: Any, channel: Channel, **changes: Any) -> Channel:
        kept = {"name": "群", "language": "en", "digest_hour": None, "quiet_from": None, "quiet_until": None}
        return services.change_channel(actor, channel=channel, **{**kept, "urgent_passes": True, "enabled": True, **changes})


class TestSendTest:
    def test_arrives_at_this_channel_alone_and_even_at_night(self, office: Any, written: Path) -> None:
        clerk = make_clerk(office)
        channel = make_channel(
            clerk, quiet_from=at(0).time(), quiet_until=at(23, 59).time(), urgent_passes=False, digest_hour=8
        )
        make_channel(clerk, name="别的")
        with clock.set_to(at(3)):
            services.send_test(clerk, channel=channel)
            deliver_due(channel.pk)
        assert [line["body"] for line in lines(written)] == ["收到这一条，说明“值班群”能用。"]

    def test_not_too_often(self, office: Any) -> None:
        clerk = make_clerk(office)
        channel = make_channel(clerk)
        for _ in range(services.TESTS_PER_HOUR):
            services.send_test(clerk, channel=channel)
        with pytest.raises(Conflict, match="过一会儿"):
            services.send_test(clerk, channel=channel)

    def test_no_more_channels_than_anybody_needs(self, office: Any) -> None:
        clerk = make_clerk(office)
        for _ in range(services.MOST_CHANNELS):
            make_channel(clerk)
        with pytest.raises(Conflict, match="够多"):
            make_channel(clerk)
