"""Sending organizations, and hearing those who say it is not theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.deadlines import Limit
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.whistles.models import Dispatch, Happening, Whistle
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import keep, locked, locked_dispatch, moving, note
from gongjian.work.whistles.services.telling import tell_office, tell_organization

Kind = Happening.Kind
MOST_SUPPORTERS = 12


@dataclass(frozen=True)
class Sending:
    """An organization with its task and limit; without a limit, that of the category."""

    organization: Organization
    task: str = ""
    limit: Limit | None = None


@transaction.atomic
def dispatch(actor: Account, *, whistle: Whistle, lead: Sending, supporters: Sequence[Sending] = ()) -> Whistle:
    """The lead and its supporters. A lead that objected with success is replaced; who is there already stays."""
    require(actor, "whistles.dispatch", whistle)
    _check(lead, supporters)
    whistle = locked(whistle)
    if whistle.category is None:
        raise Conflict(_("请先选好类别，再派单。"), code="not-triaged", field="category")
    with moving(whistle):
        whistle.dispatch()
    _replace_lead(actor, whistle, lead)
    _send(actor, whistle, lead, Dispatch.Part.LEAD)
    for supporter in supporters:
        _send(actor, whistle, supporter, Dispatch.Part.SUPPORT)
    whistle.lead = lead.organization
    return keep(whistle)


@transaction.atomic
def call_in(actor: Account, *, whistle: Whistle, supporter: Sending) -> Dispatch:
    """Another supporter while the lead is at it."""
    require(actor, "whistles.dispatch", whistle)
    _check(supporter, ())
    whistle = locked(whistle)
    if not whistle.is_open or whistle.lead is None:
        raise Conflict(_("还没有牵头单位，或已经结束。"), code="wrong-state")
    sent = _send(actor, whistle, supporter, Dispatch.Part.SUPPORT)
    keep(whistle)
    return sent


def _check(lead: Sending, supporters: Sequence[Sending]) -> None:
    organizations = [lead.organization, *(supporter.organization for supporter in supporters)]
    if len(supporters) > MOST_SUPPORTERS:
        raise Invalid(_("配合单位太多了。"), code="too-many", field="supporters")
    if len({organization.pk for organization in organizations}) < len(organizations):
        raise Invalid(_("同一个单位只派一次：牵头和配合不能重复。"), code="twice", field="supporters")
    if any(sending.limit and sending.limit.amount < 1 for sending in (lead, *supporters)):
        raise Invalid(_("时限至少是 1。"), code="limit", field="limit")


def _replace_lead(actor: Account, whistle: Whistle, lead: Sending) -> None:
    """The former lead, and whatever part the new one had before."""
    live = whistle.dispatches.exclude(state=Dispatch.State.RECALLED)
    for former in live:
        if former.is_lead or former.organization_id == lead.organization.pk:
            former.recall()
            former.save(update_fields=["state"])
            note(actor, whistle, Kind.RECALLED, words=former.organization.name, dispatch=former)


def _send(actor: Account, whistle: Whistle, sending: Sending, part: str) -> Dispatch:
    known: Dispatch | None = (
        whistle.dispatches.exclude(state=Dispatch.State.RECALLED).filter(organization=sending.organization).first()
    )
    if known:
        return known
    assert whistle.category is not None
    limit = sending.limit or whistle.category.resolution_limit
    now, working = clock.now(), policy().working_time()
    sent: Dispatch = Dispatch.objects.create(
        whistle=whistle,
        organization=sending.organization,
        part=part,
        task=sending.task.strip()[:300],
        limit_amount=limit.amount,
        limit_unit=limit.unit,
        sent_at=now,
        sent_by=actor,
        due_at=working.due(now, limit).at,
    )
    words = f"{sending.organization.called}（{sent.get_part_display()}）"
    note(actor, whistle, Kind.DISPATCHED, words=words, public=True, dispatch=sent, part=part)
    tell_organization(whistle, sending.organization, "whistles.dispatched", urgent=whistle.grade == "emergency")
    return sent


@transaction.atomic
def object_to(actor: Account, *, dispatch: Dispatch, reason: str) -> Dispatch:
    """Dispatch objection (派单异议): returned with a reason, for the office to decide within its own limit."""
    require(actor, "whistles.handle", dispatch)
    words = checked_words(reason, field="reason", sentence=_("请写明为什么不该由本单位办、该由谁办。"))
    dispatch = locked_dispatch(dispatch)
    whistle = dispatch.whistle
    with moving(dispatch):
        dispatch.object_()
    if dispatch.is_lead:
        with moving(whistle):
            whistle.return_()
    dispatch.objection, dispatch.objected_at = words[:500], clock.now()
    rules = policy()
    dispatch.answer_due_at = rules.working_time().due(dispatch.objected_at, rules.objection_limit).at
    dispatch.save()
    note(actor, whistle, Kind.OBJECTED, words=words, dispatch=dispatch)
    tell_office(whistle, "whistles.objected")
    keep(whistle)
    return dispatch


@transaction.atomic
def decide_objection(actor: Account, *, dispatch: Dispatch, well_founded: bool, words: str) -> Dispatch:
    """Well-founded: the dispatch is recalled, and a lead's whistle waits to be sent anew. Otherwise it stays where it is."""
    require(actor, "whistles.dispatch", dispatch.whistle)
    said = checked_words(words, field="words", sentence=_("请写明决定的理由。"))
    dispatch = locked_dispatch(dispatch)
    if dispatch.state != Dispatch.State.OBJECTED:
        raise Conflict(_("这件异议已经答复过了。"), code="wrong-state")
    whistle = dispatch.whistle
    if well_founded:
        dispatch.recall()
    else:
        dispatch.uphold()
        if dispatch.is_lead:
            with moving(whistle):
                whistle.uphold()
    dispatch.save()
    note(actor, whistle, Kind.OBJECTION_UPHELD if well_founded else Kind.OBJECTION_REFUSED, words=said, dispatch=dispatch)
    tell_organization(whistle, dispatch.organization, "whistles.objection_decided")
    if well_founded and dispatch.is_lead:
        whistle.lead = None
    keep(whistle)
    return dispatch


@transaction.atomic
def recall(actor: Account, *, dispatch: Dispatch, reason: str) -> Dispatch:
    """A supporter is no longer needed. The lead is replaced, never just recalled."""
    require(actor, "whistles.dispatch", dispatch.whistle)
    words = checked_words(reason, field="reason", sentence=_("请写明为什么收回。"))
    dispatch = locked_dispatch(dispatch)
    if dispatch.is_lead:
        raise Conflict(_("牵头单位不能直接收回：请改派给别的单位。"), code="lead")
    with moving(dispatch):
        dispatch.recall()
    dispatch.save(update_fields=["state"])
    note(actor, dispatch.whistle, Kind.RECALLED, words=f"{dispatch.organization.called}：{words}", dispatch=dispatch)
    return dispatch
