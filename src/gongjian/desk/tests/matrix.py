from typing import Any

from gongjian.kernel.calendars.services import subscribe
from gongjian.kernel.notifications.models import Notice
from gongjian.kernel.notifications.services import add_channel, send_test
from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import EVERYBODY, SIGNED_IN

ANSWERABLE = frozenset({"office_clerk", "unit_liaison"})
"""Who sets an organization's channels."""


def of_unit(url_name: str, *methods: str) -> list[Case]:
    return [
        Case(url_name, allowed=ANSWERABLE, method=method, kwargs=lambda world: {"pk": world.organization.pk})
        for method in methods
    ]


def of_channel(url_name: str, *methods: str) -> list[Case]:
    return [
        Case(url_name, allowed=ANSWERABLE, method=method, kwargs=lambda world: {"pk": world.channel.pk}) for method in methods
    ]


MATRIX = [
    Case("desk:home", allowed=EVERYBODY),
    Case("desk:about", allowed=EVERYBODY),
    Case("desk:deeds", allowed=EVERYBODY),
    Case("desk:search", allowed=EVERYBODY),
    Case("desk:elder", method="post", allowed=EVERYBODY),
    Case("desk:my_desk", allowed=SIGNED_IN),
    Case("desk:organization", allowed=EVERYBODY, kwargs=lambda world: {"pk": world.organization.pk}),
    Case("desk:notifications", allowed=SIGNED_IN),
    Case("desk:read_all_notices", method="post", allowed=SIGNED_IN),
    Case("desk:notice", allowed={"unit_liaison"}, kwargs=lambda world: {"pk": world.notice.pk}),
    Case("desk:channels", allowed=SIGNED_IN),
    Case("desk:add_channel", allowed=SIGNED_IN),
    Case("desk:add_channel", method="post", allowed=SIGNED_IN),
    *of_unit("desk:organization_channels", "get"),
    *of_unit("desk:add_organization_channel", "get", "post"),
    *of_channel("desk:channel", "get", "post"),
    *of_channel("desk:test_channel", "post"),
    # A channel is removed once: each who may gets one to remove.
    Case("desk:remove_channel", method="post", allowed=ANSWERABLE, kwargs=lambda world: {"pk": make_channel(world).pk}),
    Case("desk:calendars", allowed=SIGNED_IN),
    Case("desk:subscribe_calendar", method="post", allowed=SIGNED_IN),
    Case(
        "desk:unsubscribe_calendar",
        method="post",
        allowed={"resident"},
        kwargs=lambda world: {"pk": subscribe(world.accounts["resident"]).pk},
    ),
    Case("desk:calendar_feed", allowed=EVERYBODY, kwargs=lambda world: {"secret": world.calendar.secret}),
    Case(
        "desk:channel",
        label="of an account",
        allowed={"resident"},
        kwargs=lambda world: {"pk": world.own_channel.pk},
    ),
]


def make_channel(world: Any) -> Any:
    world.organization.channels.all().exclude(pk=getattr(world.things.get("channel"), "pk", None)).delete()
    return add_channel(world.accounts["office_clerk"], owner=world.organization, name="单位的群", url="file://")


def build(world: Any) -> None:
    world.things["channel"] = make_channel(world)
    send_test(world.accounts["office_clerk"], channel=world.channel)
    world.things["notice"] = Notice.objects.filter(organization=world.organization).latest("pk")
    resident = world.accounts["resident"]
    world.things["calendar"] = subscribe(world.accounts["office_clerk"])
    world.things["own_channel"] = add_channel(resident, owner=resident, name="我的", url="file://")
