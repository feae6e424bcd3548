"""Settlements on My desk and on the project's page."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem
from gongjian.registry.models import Account
from gongjian.work.projects.models import Project
from gongjian.work.projects.sections import Section, SectionAct, SectionLine
from gongjian.work.projects.settling.models import Settlement
from gongjian.work.projects.settling.selectors import settlements

MOST = 20
PAY_WITHIN = timedelta(days=7)
State = Settlement.State


def desk_items(account: Account) -> list[DeskItem]:
    """What was fixed must be paid within a week, what was paid must be closed."""
    if not may(account, "settling.keep"):
        return []
    found = settlements(account).filter(state__in=[State.FIXED, State.PAID]).order_by("fixed_at")
    return [_item(one) for one in found[:MOST]]


def _item(one: Settlement) -> DeskItem:
    action = _("付清") if one.state == State.FIXED else _("办结")
    due = (one.fixed_at or one.created_at) + PAY_WITHIN
    if one.state == State.PAID:
        due = max(due, timezone.make_aware(datetime.combine(one.vacated, time.max)))
    url = reverse("settling:settlement", args=[one.pk])
    return DeskItem(_("腾退结算"), f"{one.tenant} {one.premises}", str(one.project), url, action, due)


def project_section(account: Account, project: Project) -> Section | None:
    """On the project's page, for projects that vacate something."""
    found = settlements(account, project=project)
    count = found.count()
    keeps = project.is_open and project.kind == "vacating" and may(account, "settling.keep")
    if not count and not keeps:
        return None
    url = reverse("settling:site", args=[project.pk])
    lines = [SectionLine(_("结算 %(n)s 户") % {"n": count}, _("合计、现场查看、办结"), url)] if count else []
    acts = [SectionAct(_("登记一户"), "plus", reverse("settling:draft", args=[project.pk]))] if keeps else []
    return Section(_("腾退结算"), "scale", lines, acts, _("一户一份：押金、租金、减免、水电，一行一行算给商户看。"))
