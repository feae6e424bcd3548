"""The figures are fixed: by the tenant's signature under a commitment, or by the decision of who may enforce. Two routes."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account
from gongjian.work.projects.settling.models import Settlement, SettlementLine
from gongjian.work.projects.settling.services.drafting import held
from gongjian.work.projects.settling.sheet import settle

Route = Settlement.Route


@transaction.atomic
def sign_settlement(actor: Account, *, settlement: Settlement, signer: str, signature: Any) -> Settlement:
    """The voluntary route. `signature`: drawn on the screen, or a photo of the signed paper; never public."""
    settlement = held(actor, settlement, Settlement.State.DRAFT)
    if settlement.route != Route.VOLUNTARY:
        raise Conflict(_("强制腾退不签承诺书，要登记主管部门的决定。"), code="route")
    if not signer.strip():
        raise Invalid(_("请写签字人的名字。"), code="signer", field="signer")
    if not signature:
        raise Invalid(_("请在框里签名，或拍下签了名的承诺书。"), code="signature", field="photo")
    settlement.signer = signer.strip()
    settlement.signature = take_in_evidence(actor, file=signature, caption=f"承诺书签名：{settlement.premises}")
    return _fix(actor, settlement, "settling.sign")


@transaction.atomic
def decide_settlement(actor: Account, *, settlement: Settlement, decision: str, announced: bool) -> Settlement:
    """The compulsory route: the subdistrict decides nothing; it records the document of the department that did.

    `announced`: reminder, hearing, decision and notice were made, and the time for review and suit is over.
    """
    settlement = held(actor, settlement, Settlement.State.DRAFT)
    if settlement.route != Route.COMPULSORY:
        raise Conflict(_("自愿腾退的，请商户签承诺书。"), code="route")
    if len(decision.strip()) < 4:
        raise Invalid(_("请写主管部门决定的文号。"), code="decision", field="decision")
    if not announced:
        sentence = _("催告、陈述申辩、决定、公告都办完，复议和诉讼的期限也过了，才能往下走。")
        raise Invalid(sentence, code="announced", field="announced")
    settlement.decision = decision.strip()
    return _fix(actor, settlement, "settling.decide")


def _fix(actor: Account, settlement: Settlement, action: str) -> Settlement:
    """Line by line as it was reckoned, so that nothing shifts under the signature."""
    sheet = settle(settlement.lease)
    SettlementLine.objects.bulk_create(
        [
            SettlementLine(settlement=settlement, position=at, part=line.part, name=line.name, how=line.how, amount=line.amount)
            for at, line in enumerate(sheet.lines, start=1)
        ]
    )
    settlement.net, settlement.refund_of_remitted = sheet.net, sheet.refund_of_remitted_rent
    settlement.fix()
    settlement.fixed_at, settlement.fixed_by = clock.now(), actor
    settlement.save()
    if not settlement.net:
        settlement.settle()
        settlement.save()
    audit.record(actor, action, settlement)
    return settlement
