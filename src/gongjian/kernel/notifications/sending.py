"""Handing one message to a channel. Apprise is imported on first use: it is heavy, and web processes rarely need it."""

import fcntl
import json
import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.notifications import addresses
from gongjian.kernel.notifications.complaints import listening
from gongjian.kernel.notifications.models import Channel

LONGEST = 120
"""Seconds for one message; well within the lease of `delivering`."""


class SendingFailed(Exception):
    """`code` says why and holds no secret; see `wording.error`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def send(channel: Channel, title: str, body: str) -> None:
    """Raises SendingFailed unless the other side took it."""
    if addresses.is_test(channel.url):
        _write(channel, title, body)
    else:
        _send(channel.url, title, body)


def _send(url: str, title: str, body: str) -> None:
    import apprise

    from gongjian.kernel.notifications import robots

    robots.listen()
    try:
        sender = addresses.plugin(url)
    except Invalid as error:
        raise SendingFailed("unreachable" if error.code == "address-unknown" else "address") from error
    messenger = apprise.Apprise(asset=sender.asset)
    messenger.add(sender)
    with listening() as complaints:
        taken = messenger.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT, timeout=LONGEST)
    if not taken:
        raise SendingFailed(_code(" ".join(complaints)))


def _code(complaint: str) -> str:
    """Only a word of ours or a status number: what Apprise and the other side say may hold secrets."""
    if status := re.search(r"\berror=([3-5]\d\d)\b", complaint):
        return f"http-{status[1]}"
    return "unreachable" if re.search("connection error|timed? ?out", complaint, re.IGNORECASE) else "rejected"


def _write(channel: Channel, title: str, body: str) -> None:
    """The built-in test channel: one JSON line for each message."""
    message: dict[str, Any] = {"at": clock.now().isoformat(), "channel": channel.name, "title": title, "body": body}
    line = json.dumps(message, ensure_ascii=False) + "\n"
    path: Path = settings.NOTIFICATIONS_FILE  # type: ignore[assignment]
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with open(file, "w", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(line)
