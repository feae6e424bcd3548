from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.work.feedback.services import send_message
from tests.permissions.world import EVERYBODY, OFFICE

READERS = OFFICE | {"auditor"}
MATRIX = [
    Case("feedback:new", allowed=EVERYBODY),
    Case("feedback:new", method="post", allowed=EVERYBODY),
    Case("feedback:follow", allowed=EVERYBODY, kwargs=lambda world: {"token": world.message.token}),
    Case("feedback:inbox", allowed=READERS),
    Case("feedback:message", allowed=READERS, kwargs=lambda world: {"pk": world.message.pk}),
    Case("feedback:message", method="post", allowed=READERS, kwargs=lambda world: {"pk": world.message.pk}),
]


def build(world: Any) -> None:
    world.things["message"] = send_message(
        world.accounts["resident"], office=world.office, kind="suggestion", text="路灯可以早点亮"
    )
