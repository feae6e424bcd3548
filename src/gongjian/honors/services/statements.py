"""Writing the statement of deeds."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Candidate, Statement
from gongjian.honors.services.steps import hold, said
from gongjian.honors.telling import tell
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account

_WRITING = (Campaign.State.NOMINATION, Campaign.State.REVIEW, Campaign.State.SHORTLISTED)


@transaction.atomic
def generate_statement(actor: Account, *, candidate: Candidate) -> Statement:
    """A new version, told from the candidate's public deeds of the cycle. Raises Invalid if there are none."""
    require(actor, "honors.edit_statement", candidate)
    campaign = hold(candidate.campaign, *_WRITING)
    text = tell(candidate, most=campaign.statement_length)
    if not text:
        raise Invalid(_("台账里没有考察期内的公开事迹，先到台账补记。"), code="no-deeds")
    return _append(actor, candidate, text, generated=True)


@transaction.atomic
def edit_statement(actor: Account, *, candidate: Candidate, text: str, base: int) -> Statement:
    """A new version over version `base`. Raises Conflict if somebody wrote another one meanwhile."""
    require(actor, "honors.edit_statement", candidate)
    campaign = hold(candidate.campaign, *_WRITING)
    text = said(text, _("事迹材料不能是空的。"), field="text")
    if len(text) > campaign.statement_length:
        raise Invalid(
            _("事迹材料 %(n)d 字，不超过 %(most)d 字。") % {"n": len(text), "most": campaign.statement_length},
            code="too-long",
            field="text",
        )
    if base != _last_number(candidate):
        raise Conflict(_("别人刚刚改过这份材料，请对照最新的一版再改。"), code="edited-meanwhile")
    return _append(actor, candidate, text, generated=False)


def _last_number(candidate: Candidate) -> int:
    return Statement.objects.filter(candidate=candidate).values_list("number", flat=True).first() or 0


def _append(actor: Account, candidate: Candidate, text: str, *, generated: bool) -> Statement:
    statement = Statement.objects.create(
        candidate=candidate,
        number=_last_number(candidate) + 1,
        text=text,
        generated=generated,
        written_by=actor,
        written_at=clock.now(),
    )
    audit.record(actor, "honors.write_statement", candidate, version=statement.number)
    return statement
