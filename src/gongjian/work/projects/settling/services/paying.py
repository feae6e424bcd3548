"""Paying what was fixed, to the cent; and closing."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.registry.models import Account
from gongjian.work.projects.money import CENT
from gongjian.work.projects.settling.models import Payment, Settlement
from gongjian.work.projects.settling.services.drafting import held


@transaction.atomic
def pay_settlement(
    actor: Account, *, settlement: Settlement, amount: Decimal, paid_on: date, way: str, document: str
) -> Payment:
    """In the direction of the net. Raises Invalid beyond what is left, Conflict for a document that was entered before."""
    settlement = held(actor, settlement, Settlement.State.FIXED)
    left = still_open(settlement)
    if amount <= 0 or amount != amount.quantize(CENT):
        raise Invalid(_("金额要大于零，最多到分。"), code="amount", field="amount")
    if amount > left:
        raise Invalid(_("只差 %(left)s 元，不能多付。") % {"left": left}, code="too-much", field="amount")
    if not document.strip():
        raise Invalid(_("请写凭证号。"), code="document", field="document")
    if paid_on > clock.today():
        raise Invalid(_("付款日期还没有到。"), code="future", field="paid_on")
    _check_treasury(settlement, way, amount)
    payment = Payment(settlement=settlement, amount=amount, paid_on=paid_on, way=way, document=document.strip())
    payment.recorded_by, payment.recorded_at = actor, clock.now()
    try:
        with transaction.atomic():
            payment.save()
    except IntegrityError as error:
        raise Conflict(_("这张凭证已经登记过了。"), code="document-known", field="document") from error
    if amount == left:
        settlement.settle()
        settlement.save()
    audit.record(actor, "settling.pay", settlement)
    return payment


def still_open(settlement: Settlement) -> Decimal:
    paid = settlement.payments.aggregate(paid=Sum("amount"))["paid"] or Decimal(0)
    return abs(settlement.net or Decimal(0)) - paid


def _check_treasury(settlement: Settlement, way: str, amount: Decimal) -> None:
    """A deposit never went into the treasury, so it does not come from there."""
    if way != Payment.Way.TREASURY:
        return
    already = settlement.payments.filter(way=way).aggregate(paid=Sum("amount"))["paid"] or Decimal(0)
    most = max(Decimal(0), (settlement.refund_of_remitted or Decimal(0)) - already)
    if amount > most:
        sentence = _("国库退付的只有缴过国库的租金，最多 %(most)s 元；押金要另外退。")
        raise Invalid(sentence % {"most": most}, code="treasury", field="way")


@transaction.atomic
def close_settlement(actor: Account, *, settlement: Settlement, cleared_on: date) -> Settlement:
    """The premises are empty, given back or removed. Raises Conflict before everything is paid."""
    settlement = held(actor, settlement, Settlement.State.PAID)
    if cleared_on > clock.today():
        raise Invalid(_("这一天还没有到。"), code="future", field="cleared_on")
    if cleared_on < settlement.vacated:
        raise Invalid(_("拆除或交还不能早于腾退日。"), code="early", field="cleared_on")
    settlement.close()
    settlement.cleared_on, settlement.closed_at, settlement.closed_by = cleared_on, clock.now(), actor
    settlement.save()
    audit.record(actor, "settling.close", settlement)
    return settlement
