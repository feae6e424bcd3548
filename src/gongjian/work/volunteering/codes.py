"""The code on the organizer's screen: it changes every 30 seconds, and only who sees it knows it."""

import hmac
from base64 import b32encode
from datetime import datetime, timedelta
from hashlib import sha256

STEP = timedelta(seconds=30)
LENGTH = 10
TOLERATED = 1
"""A code is good until the one after it has passed: scanning and a slow network take a moment."""


def code_at(secret: str, moment: datetime) -> str:
    return _code(secret, _slot(moment))


def seconds_left(moment: datetime) -> float:
    """Until the next code."""
    step = STEP.total_seconds()
    return step - moment.timestamp() % step


def is_good(secret: str, code: str, moment: datetime) -> bool:
    """Whether `code` was on the screen at `moment`, or just before."""
    slots = range(_slot(moment) - TOLERATED, _slot(moment) + TOLERATED + 1)
    return any(hmac.compare_digest(_code(secret, slot), code.strip().upper()) for slot in slots)


def _slot(moment: datetime) -> int:
    return int(moment.timestamp() // STEP.total_seconds())


def _code(secret: str, slot: int) -> str:
    digest = hmac.new(bytes.fromhex(secret), slot.to_bytes(8, "big"), sha256).digest()
    return b32encode(digest).decode()[:LENGTH]
