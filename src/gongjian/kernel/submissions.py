"""Nothing happens twice: a form or request that carries a key is carried out once, however often it arrives."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.models import Submission


@dataclass(frozen=True)
class Answer:
    content: dict[str, Any]
    repeated: bool


def carry_out_once(key: str, act: Callable[[], dict[str, Any]], *, fingerprint: str = "") -> Answer:
    """Run `act` and remember its answer under `key`, in one transaction; a second call gets the first one's answer.

    Two calls at once: the second waits for the first, because both insert the same primary key.
    Raises Conflict if the key was used for different content. If `act` raises, nothing is remembered.
    """
    with transaction.atomic():
        submission, created = Submission.objects.get_or_create(
            key=hashlib.sha256(key.encode()).hexdigest(), defaults={"at": clock.now(), "fingerprint": fingerprint}
        )
        if not created:
            _check_same(submission, fingerprint)
            return Answer(submission.answer, repeated=True)
        submission.answer = act()
        submission.save(update_fields=["answer"])
        return Answer(submission.answer, repeated=False)


def _check_same(submission: Submission, fingerprint: str) -> None:
    if submission.fingerprint != fingerprint:
        raise Conflict(_("这个提交编号已经用于另一份内容，请刷新页面后重新填写。"), code="idempotency-key-reused")
