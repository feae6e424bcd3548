"""What other rooms hand on: blown as it comes in, because whoever found it was asked by its own room."""

from django.db import transaction

from gongjian.kernel.permissions import require
from gongjian.kernel.referrals import Referral
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.services.intake import take_in
from gongjian.work.whistles.services.reports import Report

SOURCE = Whistle.Source.PATROL


@transaction.atomic
def take_in_referral(actor: Account, referral: Referral) -> Whistle:
    """Anybody may report; raises Conflict where this was handed on before."""
    require(actor, "whistles.report")
    report = Report(text=referral.text, place=referral.place, spot=referral.spot, external_number=referral.key)
    return take_in(actor, office=actor.office, report=report, source=SOURCE)
