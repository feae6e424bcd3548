"""Objections during the notice: received, investigated, answered."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Candidate, Objection, PublicNotice
from gongjian.honors.services.steps import hold, said
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account

MOST_PER_HOUR = 60


@transaction.atomic
def raise_objection(
    actor: Any, *, campaign: Campaign, text: str, candidate: Candidate | None = None, name: str = "", contact: str = ""
) -> Objection:
    """Anyone may, with or without a name; who gives a contact is answered there too. Raises Conflict after the notice."""
    require(actor, "honors.object")
    campaign = hold(campaign, Campaign.State.NOTICE)
    notice = PublicNotice.objects.get(campaign=campaign)
    if notice.ended_at:
        raise Conflict(_("公示已经结束，可以通过“投诉建议”反映。"), code="notice-ended")
    if candidate and candidate.campaign_id != campaign.pk:
        raise Invalid(_("请选公示名单里的对象。"), code="candidate", field="candidate")
    if notice.objections.filter(received_at__gt=clock.now() - timedelta(hours=1)).count() >= MOST_PER_HOUR:
        raise Conflict(_("这一小时收到的太多了，请稍后再提，或直接打电话给街道。"), code="too-many")
    objection = Objection.objects.create(
        notice=notice,
        candidate=candidate,
        text=said(text, _("请写几个字，说说有什么异议。"), field="text", least=4),
        name=name.strip(),
        contact=contact.strip(),
        token=secrets.token_urlsafe(32),
        received_at=clock.now(),
    )
    audit.record(actor, "honors.raise_objection", objection)
    return objection


@transaction.atomic
def investigate_objection(actor: Account, *, objection: Objection) -> Objection:
    require(actor, "honors.handle_objection")
    objection = _held(objection, Objection.State.RECEIVED)
    objection.investigate()
    objection.investigator = actor
    return _kept(actor, objection, "honors.investigate_objection")


@transaction.atomic
def find_objection(actor: Account, *, objection: Objection, well_founded: bool, finding: str) -> Objection:
    """A well-founded one stops the notice's clock from the day it came in until it is answered."""
    require(actor, "honors.handle_objection")
    objection = _held(objection, Objection.State.INVESTIGATING)
    objection.find()
    objection.well_founded, objection.found_at = well_founded, clock.now()
    objection.finding = said(finding, _("请写调查结果。"), field="finding", least=4)
    return _kept(actor, objection, "honors.find_objection")


@transaction.atomic
def answer_objection(actor: Account, *, objection: Objection, answer: str) -> Objection:
    require(actor, "honors.handle_objection")
    objection = _held(objection, Objection.State.FOUND)
    objection.close()
    objection.answer, objection.answered_at = said(answer, _("请写明答复。"), field="answer", least=4), clock.now()
    return _kept(actor, objection, "honors.answer_objection")


@transaction.atomic
def remove_candidate(actor: Account, *, objection: Objection, candidate: Candidate, reason: str) -> Candidate:
    """What a well-founded objection may lead to. Raises Conflict if it was not found so, or the candidate is gone already."""
    require(actor, "honors.remove_candidate")
    hold(candidate.campaign, Campaign.State.NOTICE)
    if not objection.well_founded or objection.notice.campaign_id != candidate.campaign_id:
        raise Conflict(_("异议查实以后才能取消。"), code="not-well-founded")
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.state != Candidate.State.SHORTLISTED:
        raise Conflict(_("这个对象已不在公示名单里。"), code="removed")
    candidate.remove()
    candidate.left_because = said(reason, _("请写明取消的原因。"), field="reason")
    candidate.save()
    audit.record(actor, "honors.remove_candidate", candidate, objection=objection.pk)
    return candidate


def _held(objection: Objection, state: str) -> Objection:
    held = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if held.state != state:
        raise Conflict(_("这条异议现在是“%(state)s”。") % {"state": held.get_state_display()}, code="wrong-step")
    return held


def _kept(actor: Account, objection: Objection, action: str) -> Objection:
    objection.save()
    audit.record(actor, action, objection)
    return objection
