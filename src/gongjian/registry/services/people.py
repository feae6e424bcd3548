"""Entering people and keeping what they consented to."""

import hashlib
import hmac
from typing import Any

import pghistory
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Consent, Person


def check_identity_number(number: str) -> str:
    """The compact resident identity number (GB 11643-1999); raises Invalid if date, place or checksum do not fit."""
    try:
        return str(ric.validate(number))
    except ValidationError as error:
        raise Invalid(
            _("身份证号不对：请核对 18 位数字和末位校验码。"), code="identity-number", field="identity_number"
        ) from error


def check_phone(phone: str) -> str:
    """A mainland mobile or landline number, digits only; raises Invalid."""
    digits = "".join(character for character in phone if character.isdigit())
    if not 7 <= len(digits) <= 12:
        raise Invalid(_("电话号码应为 7 到 12 位数字，例如 13800000000。"), code="phone", field="phone")
    return digits


def mark(value: str) -> str:
    """A keyed hash by which an encrypted number is found again; empty for empty."""
    return hmac.new(settings.SALT_KEY[0].encode(), value.encode(), hashlib.sha256).hexdigest() if value else ""


@transaction.atomic
def enter_person(actor: Account, *, name: str, identity_number: str = "", phone: str = "", **details: Any) -> Person:
    """`details`: organization, community, party_member. Raises Invalid for wrong numbers, Conflict if already entered."""
    require(actor, "registry.edit_people")
    person = Person(office=actor.office, **details)
    describe(person, name=name, identity_number=identity_number, phone=phone)
    save_person(actor, person)
    audit.record(actor, "registry.enter_person", person)
    return person


def describe(person: Person, *, name: str, identity_number: str, phone: str) -> None:
    """Set what is checked or encrypted; raises Invalid beside the wrong field."""
    if not name.strip():
        raise Invalid(_("请写姓名。"), code="name-missing", field="name")
    person.name = name.strip()
    person.identity_number = check_identity_number(identity_number) if identity_number.strip() else ""
    person.phone = check_phone(phone) if phone.strip() else ""
    person.identity_mark, person.phone_mark = mark(person.identity_number), mark(person.phone)


def save_person(actor: Account, person: Person) -> None:
    try:
        with transaction.atomic(), pghistory.context(account=actor.pk):
            person.save()
    except IntegrityError as error:
        raise Conflict(_("这个身份证号已经登记过。"), code="taken", field="identity_number") from error


@transaction.atomic
def reveal_person(actor: Account, *, person: Person, reason: str) -> dict[str, str]:
    """Name, phone and identity number in clear; the reading itself is recorded with its reason."""
    require(actor, "registry.reveal_person", person)
    if len(reason.strip()) < 4:
        raise Invalid(_("请写明查看的理由，理由会记入日志。"), code="reason", field="reason")
    audit.record(actor, "registry.reveal_person", person, reason=reason.strip())
    return {"name": person.name, "phone": person.phone or "", "identity_number": person.identity_number or ""}


@transaction.atomic
def give_consent(actor: Account, *, person: Person, purpose: str, means: str) -> Consent:
    """Record a separate consent; giving it twice changes nothing. Raises Conflict for somebody who was erased."""
    require(actor, "registry.take_consent", person)
    if person.erased_at:
        raise Conflict(_("这个人的信息已经删除。"), code="erased")
    consent, created = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"office": actor.office, "means": means, "given_at": clock.now()},
    )
    if created:
        audit.record(actor, "registry.give_consent", person, purpose=purpose)
    return consent


@transaction.atomic
def withdraw_consent(actor: Account, *, consent: Consent) -> Consent:
    """Raises Conflict if it was withdrawn before."""
    require(actor, "registry.edit_people", consent.person)
    if consent.withdrawn_at is not None:
        raise Conflict(_("这项同意已经撤回了。"), code="withdrawn")
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["withdrawn_at"])
    audit.record(actor, "registry.withdraw_consent", consent.person, purpose=consent.purpose)
    return consent
