"""Blowing a whistle, and joining one."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.rest import Problem, idempotent
from gongjian.work.whistles import services
from gongjian.work.whistles.api.asked import VoiceIn, WhistleIn
from gongjian.work.whistles.api.naming import account_of, category_of, place_of
from gongjian.work.whistles.api.reading import whole
from gongjian.work.whistles.api.routes import WRITES, router
from gongjian.work.whistles.api.schemas import VoicesOut, WholeWhistleOut
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.reading import get_whistle

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


@router.post("", auth=WRITES, response={201: WholeWhistleOut, **REFUSALS})
@idempotent(status=201)
def blow_whistle(request: HttpRequest, told: WhistleIn) -> Any:
    """Send an Idempotency-Key: the same whistle sent twice is then one. Waits for approval where the office demands it."""
    account = account_of(request)
    values = told.dict() | {
        "place": place_of(told.place),
        "category": category_of(told.category) if told.category else None,
    }
    report = services.Report(**values)
    whistle = services.blow_whistle(account, report=report, source=Whistle.Source.API)
    return whole(whistle)


@router.post("/{int:pk}/voices", auth=WRITES, response={201: VoicesOut, **REFUSALS})
@idempotent(status=201)
def join_whistle(request: HttpRequest, pk: int, voice: VoiceIn) -> Any:
    """One more neighbor; who has joined before counts once."""
    if not (voice.phone.strip() or voice.visitor.strip()):
        raise Invalid(_("请给出电话，或您系统里的访客编号，才分得清谁是谁。"), code="visitor", field="visitor")
    account = account_of(request)
    visitor = f"api:{account.pk}:{voice.visitor.strip()}"
    whistle = services.join(account, whistle=get_whistle(account, pk), words=voice.words, phone=voice.phone, visitor=visitor)
    return VoicesOut(id=whistle.pk, voices=whistle.voices)
