"""What the room's pages say about a whistle; `{% load whistles %}`."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.masking import mask_name, mask_number
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.models.whistles import BEFORE_DISPATCH, State
from gongjian.work.whistles.reasons import moment
from gongjian.work.whistles.told import Told, told_due

register = template.Library()
register.filter("moment", moment)


@register.filter
def about(whistle: Whistle) -> str:
    """What it is about, without anybody's words."""
    return str(whistle.category) if whistle.category else _("还没分类")


@register.filter
def days_ago(whistle: Whistle) -> str:
    days = (clock.today() - timezone.localtime(whistle.received_at).date()).days
    return _("今天") if days < 1 else _("%(days)s 天前") % {"days": days}


@register.filter
def due_of(whistle: Whistle) -> Told:
    return told_due(whistle)


@register.filter
def standing(whistle: Whistle) -> str:
    """How far it has come, as one tells the neighbor who asked."""
    if whistle.state in BEFORE_DISPATCH or whistle.state == State.RETURNED:
        return _("收到了，正在派单")
    if whistle.is_open and not whistle.reported_at:
        return _("停着钟，等条件") if whistle.suspended else _("正在办")
    ended = {State.REPORTED: _("办了，等社区核实"), State.VERIFIED: _("核实过了，请您评价")}
    return ended.get(State(whistle.state), str(whistle.get_state_display()))


@register.filter
def masked_number(number: Any) -> str:
    return mask_number(str(number or ""))


@register.filter
def masked_or_none(name: Any) -> str:
    return mask_name(str(name)) if name else _("没留")
