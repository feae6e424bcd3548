"""“我也是，算我一个”: a neighbor who says the same joins, and counts once."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.kernel.rates import spend
from gongjian.registry.services.people import mark
from gongjian.work.whistles.models import Happening, Voice, Whistle
from gongjian.work.whistles.services.checks import checked_phone
from gongjian.work.whistles.services.happening import note

MOST_PER_HOUR_FROM_ONE_ADDRESS = 60


@transaction.atomic
def join(actor: Any, *, whistle: Whistle, words: str = "", phone: str = "", visitor: str = "", address: str = "") -> Whistle:
    """`visitor` tells browsers apart where no phone is given. Joining twice counts once. Raises Conflict for what has ended."""
    require(actor, "whistles.report")
    number = checked_phone(phone)
    if address:
        spend(f"whistles.join:{whistle.office_id}:{address}", most=MOST_PER_HOUR_FROM_ONE_ADDRESS, within=timedelta(hours=1))
    whistle = Whistle.objects.get(pk=whistle.pk)
    if not whistle.is_open:
        raise Conflict(_("这件事已经办完。如果又发生了，请重新反映。"), code="ended")
    said = {"at": clock.now(), "words": words.strip()[:500], "phone": number}
    voice, is_new = Voice.objects.get_or_create(whistle=whistle, mark=mark(number or visitor), defaults=said)
    if is_new:
        Whistle.objects.filter(pk=whistle.pk).update(voices=F("voices") + 1)
        note(actor, whistle, Happening.Kind.VOICE, words=voice.words)
    whistle.refresh_from_db(fields=["voices"])
    return whistle
