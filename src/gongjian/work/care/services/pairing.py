"""Bringing elders and those who look after them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Consent, Organization, Person, Place
from gongjian.registry.services.people import check_phone, give_consent
from gongjian.work.care.models import Pairing, Step
from gongjian.work.care.services.holding import note_step


@dataclass(frozen=True)
class Family:
    """Whom to call about an elder, and where they live."""

    address: str = ""
    name: str = ""
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Told:
    """How the pairing stands in the ledger, where it is to be told otherwise than by itself."""

    statement: str
    beneficiary: str
    precision: str = Deed.Precision.DAY
    since: date | None = None
    evidence: Sequence[Evidence] = ()


@transaction.atomic
def pair_elders(
    actor: Account,
    *,
    elders: Sequence[Person],
    risk: str,
    organization: Organization | None = None,
    carer: Person | None = None,
    began_on: date | None = None,
    family: Family | None = None,
    consent: str = "",
    told: Told | None = None,
) -> list[Pairing]:
    """Elders of one community with one organization, one person, or a person of an organization: one deed for all.

    `consent`: how each of them agreed to notes about their health being kept. `family` only with a single elder.
    Raises Invalid for what cannot be, Conflict for who is paired already.
    """
    community = _community_of(elders)
    require(actor, "care.manage", community)
    _check(elders, organization, carer, began_on)
    pairings = [
        _pair(actor, elder, community, began_on or clock.today(), organization=organization, carer=carer, risk=risk)
        for elder in elders
    ]
    if family:
        describe(pairings[0], family)
        pairings[0].save()
    if consent.strip():
        for elder in elders:
            give_consent(actor, person=elder, purpose=Consent.Purpose.HEALTH, means=consent.strip()[:80])
    _record(actor, pairings, told)
    if organization:
        _tell(organization, pairings)
    return pairings


def _community_of(elders: Sequence[Person]) -> Place:
    if not elders:
        raise Invalid(_("请写是哪位老人。"), code="elders-missing", field="elders")
    found = {elder.community for elder in elders}
    community = elders[0].community
    if community is None or len(found) > 1:
        raise Invalid(_("几位老人要住在同一个社区；没有登记社区的，请先在人员底册里补上。"), code="community", field="elders")
    return community


def _check(elders: Sequence[Person], organization: Organization | None, carer: Person | None, began_on: date | None) -> None:
    if any(elder.erased_at for elder in elders):
        raise Conflict(_("这个人的信息已经删除。"), code="erased", field="elders")
    if organization is None and carer is None:
        raise Invalid(_("请写由哪个单位、哪个人结对。"), code="carer-missing", field="organization")
    check_carer(elders, carer)
    if began_on and began_on > clock.today():
        raise Invalid(_("结对的日子不能晚于今天。"), code="future", field="began_on")


def check_carer(elders: Sequence[Person], carer: Person | None) -> None:
    if carer in elders:
        raise Invalid(_("老人不能同自己结对。"), code="oneself", field="carer")


def _pair(actor: Account, elder: Person, community: Place, began_on: date, **details: Any) -> Pairing:
    pairing = Pairing(office=actor.office, elder=elder, community=community, began_on=began_on, **details)
    pairing.due_at = clock.now()
    try:
        with transaction.atomic():
            pairing.save(force_insert=True)
    except IntegrityError as error:
        sentence = _("%(elder)s已经有人结对了。要换人，请打开原来的结对修改。") % {"elder": elder}
        raise Conflict(sentence, code="paired", field="elders") from error
    note_step(actor, pairing, Step.Kind.BEGUN, "care.pair")
    return pairing


def describe(pairing: Pairing, family: Family) -> None:
    """Unsaved. Raises Invalid beside the wrong field."""
    pairing.address, pairing.contact_name = family.address.strip()[:120], family.name.strip()[:40]
    pairing.contact_relation = family.relation.strip()[:20]
    try:
        pairing.contact_phone = check_phone(family.phone) if family.phone.strip() else ""
    except Invalid as error:
        raise Invalid(error.sentence, code=error.code, field="contact_phone") from error


def _record(actor: Account, pairings: Sequence[Pairing], told: Told | None) -> Deed:
    first = pairings[0]
    told = told or Told(f"与{first.community}独居老人{{数}}结对关爱", f"{first.community}独居老人")
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="elders-paired"),
        place=first.community,
        organization=first.organization,
        person=None if first.organization else first.carer,
        statement=told.statement,
        beneficiary=told.beneficiary,
        quantity=Decimal(len(pairings)),
        occurred_from=told.since or first.began_on,
        occurred_to=first.began_on,
        precision=told.precision,
        evidence=told.evidence,
        source=DeedSource("care", f"pairing:{first.pk}"),
    )


def _tell(organization: Organization, pairings: Sequence[Pairing]) -> None:
    context = {"community": str(pairings[0].community)}
    notify([organization], "care.paired", context, url=reverse("care:pairings"), key=f"paired-{pairings[0].pk}")
