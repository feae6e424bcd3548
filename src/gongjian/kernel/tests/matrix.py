"""The words in which a room's `tests/matrix.py` says who may open each of its pages.

    MATRIX = [
        Case("feedback:inbox", allowed=OFFICE | {"auditor"}),
        Case("feedback:message", allowed=OFFICE | {"auditor"}, kwargs=lambda world: {"pk": world.message.pk}),
    ]

    def build(world): ...  # makes what the cases name: world.things["message"] = ...

`tests/permissions` opens every URL as everybody and fails when a URL of the product is in no matrix.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """`allowed`: names of tests.permissions.world.EVERYBODY. Others must get 403, 404, or be sent to sign in.

    `kwargs` makes the URL's arguments from the world. A POST with `data` (default: empty) that is allowed may answer with
    anything but those. `label` tells two cases of one URL apart. `token` sends an API token with that scope.
    `shared`: what `kwargs` names belongs to the whole installation, so another office's is found here too.
    """

    url_name: str
    allowed: Collection[str]
    kwargs: Callable[[Any], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[Any], dict[str, Any]] = lambda world: {}
    label: str = ""
    token: str = ""
    shared: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.url_name} {self.label}".strip()
