"""Group robots and push services answer 200 to what they refuse and say so in the body; Apprise looks at the status alone.

Their senders are given a `requests` whose refused answers have a status that is none of success.
"""

from importlib import import_module
from typing import Any

import requests

SENDERS = ("wecombot", "dingtalk", "feishu", "lark", "serverchan")
REFUSED = 299
CODES = ("errcode", "StatusCode", "code")
"""Zero is what was taken: WeCom and DingTalk, older robots of Feishu, Feishu and ServerChan."""


def listen() -> None:
    """Once, before the first message goes out."""
    for name in SENDERS:
        import_module(f"apprise.plugins.{name}").requests = _HEARING  # type: ignore[attr-defined]


def is_refusal(answer: Any) -> bool:
    """`answer` is the parsed body. What says nothing about it was taken."""
    if not isinstance(answer, dict):
        return False
    return any(answer.get(code, 0) != 0 for code in CODES)


class _Hearing:
    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def post(self, *args: Any, **options: Any) -> requests.Response:
        response = requests.post(*args, **options)  # noqa: S113  Apprise says how long
        if response.status_code == requests.codes.ok and is_refusal(_body(response)):
            response.status_code = REFUSED
        return response


def _body(response: requests.Response) -> Any:
    try:
        return response.json()
    except requests.JSONDecodeError:
        return None


_HEARING = _Hearing()
