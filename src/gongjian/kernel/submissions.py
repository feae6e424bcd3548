"""Nothing happens twice: a form or request that carries a key is carried out once, however often it arrives."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.models import Submission

_FIRST = "INSERT INTO kernel_submission (key, fingerprint, answer, at) VALUES (%s, %s, '{}', %s) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class Answer:
    content: dict[str, Any]
    repeated: bool


def carry_out_once(key: str, act: Callable[[], dict[str, Any]], *, fingerprint: str = "") -> Answer:
    """Run `act` and remember its answer under `key`, in one transaction; a second call gets the first one's answer.

    Two calls at once: the second waits for the first, because both insert the same primary key.
    Raises Conflict if the key was used for different content. If `act` raises, nothing is remembered.
    """
    hashed = hashlib.sha256(key.encode()).hexdigest()
    with transaction.atomic():
        if not _is_first(hashed, fingerprint):
            submission = Submission.objects.get(key=hashed)
            _check_same(submission, fingerprint)
            return Answer(submission.answer, repeated=True)
        answer = act()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE kernel_submission SET answer = %s WHERE key = %s", [json.dumps(answer), hashed])
        return Answer(answer, repeated=False)


def _is_first(hashed: str, fingerprint: str) -> bool:
    """Waits for whoever is carrying out the same."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [hashed, fingerprint, clock.now()])
        return bool(cursor.rowcount)


def _check_same(submission: Submission, fingerprint: str) -> None:
    if submission.fingerprint != fingerprint:
        raise Conflict(_("这个提交编号已经用于另一份内容，请刷新页面后重新填写。"), code="idempotency-key-reused")
