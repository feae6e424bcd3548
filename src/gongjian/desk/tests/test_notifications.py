"""The inbox, the channels and the bell."""

from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from gongjian.kernel.notifications.delivering import deliver_due
from gongjian.kernel.notifications.models import Channel, Notice
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.notifications.services import add_channel
from gongjian.kernel.rooms import NoticeTemplate
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization

FIELDS = {
    "name": "值班群",
    "url": "wecombot://very-secret-key",
    "language": "zh-hans",
    "digest_hour": "",
    "urgent_passes": "on",
}


@pytest.fixture
def clerk(client: Any, office: Any) -> Any:
    account = make_clerk(office)
    client.force_login(account, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
    return account


@pytest.fixture(autouse=True)
def lamps(monkeypatch: pytest.MonkeyPatch) -> None:
    notices = {"lamps.broken": NoticeTemplate("灯坏了：%(place)s", "请去看看 %(place)s。")}
    monkeypatch.setattr(apps.get_app_config("registry"), "notices", notices)


def tell(*recipients: Any, place: str = "一号楼", **details: Any) -> list[Notice]:
    return notify(recipients, "lamps.broken", {"place": place}, **details)


def text(response: Any) -> str:
    return str(response.content.decode())


class TestInbox:
    def test_lists_one_s_own_notices_newest_first(self, client: Any, clerk: Any, office: Any) -> None:
        tell(clerk, place="一号楼")
        tell(clerk, place="二号楼", urgent=True)
        tell(make_clerk(office), place="三号楼")
        page = text(client.get(reverse("desk:notifications")))
        assert page.index("二号楼") < page.index("一号楼")
        assert "三号楼" not in page
        assert "加急" in page

    def test_opening_a_notice_reads_it_and_leads_to_the_matter(self, client: Any, clerk: Any) -> None:
        [notice] = tell(clerk, url="/deeds/")
        page = text(client.get(reverse("desk:notice", args=[notice.pk])))
        assert "请去看看 一号楼。" in page
        assert 'href="/deeds/"' in page
        assert "一号楼" not in text(client.get(reverse("desk:notifications"), {"state": "unread"}))

    def test_what_is_told_is_text_and_no_page(self, client: Any, clerk: Any) -> None:
        [notice] = tell(clerk, place="<script>alert(1)</script>")
        for address in (reverse("desk:notifications"), reverse("desk:notice", args=[notice.pk])):
            assert "<script>alert" not in text(client.get(address))

    def test_all_are_read_at_once_but_only_one_s_own(self, client: Any, clerk: Any, office: Any) -> None:
        tell(clerk, clerk, make_clerk(office))
        client.post(reverse("desk:read_all_notices"))
        assert Notice.objects.filter(read_at__isnull=True).count() == 1

    def test_costs_the_same_with_more_notices(self, client: Any, clerk: Any, django_assert_num_queries: Any) -> None:
        address = reverse("desk:notifications")
        tell(clerk)
        client.get(address)
        with django_assert_num_queries(7):
            client.get(address)
        for number in range(30):
            tell(clerk, place=f"{number}号楼")
        with django_assert_num_queries(7):
            client.get(address)


class TestBell:
    def test_counts_what_is_unread_on_every_staff_page(self, client: Any, clerk: Any) -> None:
        for _ in range(3):
            tell(clerk)
        assert 'title="没看过的通知">3<' in text(client.get(reverse("desk:my_desk")))
        client.post(reverse("desk:read_all_notices"))
        assert "没看过的通知" not in text(client.get(reverse("desk:my_desk")))

    def test_stops_counting_at_a_hundred(self, client: Any, clerk: Any) -> None:
        for _ in range(101):
            tell(clerk)
        assert ">99+<" in text(client.get(reverse("desk:my_desk")))


class TestChannels:
    def test_added_it_never_shows_its_secret_again(self, client: Any, clerk: Any) -> None:
        page = text(client.post(reverse("desk:add_channel"), FIELDS, follow=True))
        channel = Channel.objects.get()
        assert (channel.owner, channel.url, channel.digest_hour) == (clerk, "wecombot://very-secret-key", None)
        assert "wecombot://…" in page
        assert "very-secret-key" not in page + text(client.get(reverse("desk:channels")))

    def test_a_forbidden_address_is_said_beside_its_field(self, client: Any, clerk: Any) -> None:
        answer = client.post(reverse("desk:add_channel"), {**FIELDS, "url": "json://127.0.0.1/"})
        assert answer.status_code == 422
        assert 'id="id_url_error"' in text(answer)
        assert "服务器自己的网络" in text(answer)

    def test_changed_without_an_address_keeps_it(self, client: Any, clerk: Any) -> None:
        client.post(reverse("desk:add_channel"), FIELDS)
        address = reverse("desk:channel", args=[Channel.objects.get().pk])
        client.post(address, {**FIELDS, "url": "", "digest_hour": "8", "quiet_from": "22:00", "quiet_until": "07:00"})
        channel = Channel.objects.get()
        assert (channel.url, channel.digest_hour, channel.enabled) == ("wecombot://very-secret-key", 8, False)
        assert 'value="22:00"' in text(client.get(address))

    def test_a_test_shows_what_became_of_it(self, client: Any, clerk: Any) -> None:
        channel = add_channel(clerk, owner=clerk, name="演示", url="file://")
        assert "等着发" in text(client.post(reverse("desk:test_channel", args=[channel.pk]), follow=True))
        deliver_due(channel.pk)
        assert "已送达渠道" in text(client.get(reverse("desk:channel", args=[channel.pk])))

    def test_removed_it_is_gone(self, client: Any, clerk: Any) -> None:
        channel = add_channel(clerk, owner=clerk, name="演示", url="file://")
        answer = client.post(reverse("desk:remove_channel", args=[channel.pk]))
        assert answer.url == reverse("desk:channels")
        assert not Channel.objects.exists()


class TestChannelsOfAnOrganization:
    def test_a_clerk_picks_one_and_sets_them(self, client: Any, clerk: Any, office: Any) -> None:
        organization = make_organization(office, "样例学校")
        assert "样例学校" in text(client.get(reverse("desk:channels")))
        answer = client.get(reverse("desk:channels"), {"organization": organization.pk})
        assert answer.url == reverse("desk:organization_channels", args=[organization.pk])
        client.post(reverse("desk:add_organization_channel", args=[organization.pk]), FIELDS)
        assert Channel.objects.get().owner == organization
        assert "值班群" in text(client.get(answer.url))

    def test_a_liaison_finds_their_own(self, client: Any, office: Any) -> None:
        organization = make_organization(office, "样例学校")
        liaison = make_account(office, Role.UNIT_LIAISON, organization=organization)
        client.force_login(liaison, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        assert reverse("desk:organization_channels", args=[organization.pk]) in text(client.get(reverse("desk:channels")))
