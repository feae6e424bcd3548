"""The robots of WeCom, DingTalk and Feishu, played by a server on this machine."""

from importlib import import_module
from typing import Any

import pytest

from gongjian.kernel.notifications.delivering import deliver_due
from gongjian.kernel.notifications.models import Delivery
from gongjian.kernel.notifications.robots import is_refusal
from gongjian.kernel.tests.notifications.factories import make_channel, tell
from gongjian.kernel.tests.notifications.receivers import WebService
from gongjian.registry.tests.factories import make_clerk

ROBOTS = [
    ("wecombot", "NotifyWeComBot", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa", "errcode"),
    ("dingtalk", "NotifyDingTalk", "https://oapi.dingtalk.com/robot/send?access_token=0123abcd", "errcode"),
    ("feishu", "NotifyFeishu", "https://open.feishu.cn/open-apis/bot/v2/hook/0123-abcd", "code"),
]


@pytest.mark.parametrize(("module", "sender", "pasted", "code"), ROBOTS)
class TestRobots:
    @pytest.fixture(autouse=True)
    def here(self, module: str, sender: str, service: WebService, monkeypatch: pytest.MonkeyPatch) -> None:
        """The vendor's address is this machine."""
        cls = getattr(import_module(f"apprise.plugins.{module}"), sender)
        monkeypatch.setattr(cls, "notify_url", f"http://127.0.0.1:{service.server_port}/robot/")

    def deliver(self, office: Any, pasted: str) -> Delivery:
        clerk = make_clerk(office)
        channel = make_channel(clerk, pasted)
        tell(clerk)
        deliver_due(channel.pk)
        return Delivery.objects.get()

    def test_an_address_as_pasted_is_delivered_to(self, office: Any, service: WebService, pasted: str, code: str) -> None:
        service.answer = {code: 0}
        assert self.deliver(office, pasted).state == "sent"
        assert "一号楼 的灯坏了" in str(service.received)

    def test_refused_in_the_answer_is_not_sent(self, office: Any, service: WebService, pasted: str, code: str) -> None:
        service.answer = {code: 93000, "errmsg": "invalid webhook url", "msg": "key 693a91f6-7aaa"}
        delivery = self.deliver(office, pasted)
        assert (delivery.state, delivery.last_error) == ("failed", "rejected")

    def test_a_status_is_told(self, office: Any, service: WebService, pasted: str, code: str) -> None:
        service.statuses = [503]
        assert self.deliver(office, pasted).last_error == "http-503"


@pytest.mark.parametrize("answer", [None, [], {}, {"errcode": 0, "errmsg": "ok"}, {"StatusCode": 0, "code": 0}, {"id": 7}])
def test_these_took_it(answer: Any) -> None:
    assert not is_refusal(answer)


@pytest.mark.parametrize("answer", [{"errcode": 310000}, {"code": 19001}, {"code": "9499"}, {"StatusCode": 1, "code": 0}])
def test_these_did_not(answer: Any) -> None:
    assert is_refusal(answer)
