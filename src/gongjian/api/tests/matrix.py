"""Open311 is open to strangers; sending in needs a key, which the request carries itself, whoever is signed in."""

from typing import Any

from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import EVERYBODY

JSON = {"form": "json"}


def _request(world: Any) -> dict[str, Any]:
    return JSON | {"number": str(world.whistle.pk)}


def _token(world: Any) -> dict[str, Any]:
    return JSON | {"secret": world.whistle.token}


MATRIX = [
    Case("open311:discovery", allowed=EVERYBODY, kwargs=lambda world: JSON, shared=True),
    Case("open311:discovery_v2", allowed=EVERYBODY, kwargs=lambda world: JSON, shared=True),
    Case("open311:root", allowed=()),
    Case("open311:nothing_here", allowed=(), kwargs=lambda world: {"rest": "v3"}, shared=True),
    Case("open311:services", allowed=EVERYBODY, kwargs=lambda world: JSON, shared=True),
    Case("open311:service", allowed=EVERYBODY, kwargs=lambda world: JSON | {"code": "refuse"}, shared=True),
    Case("open311:requests", allowed=EVERYBODY, kwargs=lambda world: JSON, shared=True),
    Case("open311:requests", method="post", allowed=(), kwargs=lambda world: JSON, shared=True),
    Case("open311:request", allowed=EVERYBODY, kwargs=_request),
    Case("open311:token", allowed=EVERYBODY, kwargs=_token),
]
