"""What it costs and who pays how much: proposed, then agreed and fixed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account
from gongjian.work.projects.elevators.models import CoefficientTable, CostShare, Retrofit
from gongjian.work.projects.elevators.selectors.costs import reckoned
from gongjian.work.projects.elevators.services.retrofits import held, passed
from gongjian.work.projects.voting.models import Vote

State = Retrofit.State


@transaction.atomic
def set_costs(
    actor: Account,
    *,
    retrofit: Retrofit,
    vote: Vote,
    table: CoefficientTable,
    total: Decimal,
    subsidies: Decimal = Decimal(0),
    subsidy_basis: str = "",
) -> Retrofit:
    """As often as wanted until it is agreed. Raises InvalidMany for what cannot be divided among the vote's flats."""
    retrofit = held(actor, retrofit, State.PLANNED)
    if vote.project_id != retrofit.project_id:
        raise Invalid(_("这次表决不是这个项目的。"), code="vote", field="vote")
    if subsidies and len(subsidy_basis.strip()) < 2:
        raise Invalid(_("有补贴的，请写依据。"), code="basis", field="subsidy_basis")
    retrofit.vote, retrofit.table, retrofit.total, retrofit.subsidies = vote, table, total, subsidies
    retrofit.subsidy_basis = subsidy_basis.strip()
    reckoned(retrofit)
    retrofit.save()
    audit.record(actor, "elevators.set_costs", retrofit)
    return retrofit


@transaction.atomic
def agree_on_costs(actor: Account, *, retrofit: Retrofit, agreed_on: date, copy: Any) -> Retrofit:
    """With the signed copy taken in. See `agree_with`."""
    require(actor, "elevators.keep", retrofit)
    if not copy:
        raise Invalid(_("请传上签好的协议。"), code="copy", field="copy")
    evidence = take_in_evidence(actor, file=copy, caption=f"分摊协议：{retrofit.title}")
    return agree_with(actor, retrofit=retrofit, agreed_on=agreed_on, agreement=evidence)


@transaction.atomic
def agree_with(actor: Account, *, retrofit: Retrofit, agreed_on: date, agreement: Evidence) -> Retrofit:
    """From now on each flat's share stands. Raises Conflict without costs or without a vote that passed."""
    retrofit = held(actor, retrofit, State.PLANNED)
    if retrofit.total is None:
        raise Conflict(_("还没有定造价和系数。"), code="no-costs")
    if not passed(retrofit):
        raise Conflict(_("表决还没有通过：先办业主表决，锁定结果。"), code="no-vote")
    if agreed_on > clock.today():
        raise Invalid(_("这一天还没有到。"), code="future", field="agreed_on")
    CostShare.objects.bulk_create(
        [
            CostShare(retrofit=retrofit, flat=flat, coefficient=share.coefficient, amount=share.amount)
            for flat, share in reckoned(retrofit)
        ]
    )
    retrofit.agree()
    retrofit.agreed_on, retrofit.agreement = agreed_on, agreement
    retrofit.save()
    audit.record(actor, "elevators.agree", retrofit)
    return retrofit
