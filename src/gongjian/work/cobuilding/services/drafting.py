"""Agreements up to their signing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.cobuilding.deeds import record_signing
from gongjian.work.cobuilding.models import Agreement, AgreementFile, AgreementPerson
from gongjian.work.cobuilding.services.checks import check_title, checked_words

State = Agreement.State
LONGEST = timedelta(days=366 * 20)
"""A slip of the pen, not a rule of law: nobody means more."""


@dataclass(frozen=True)
class Named:
    """A person of one side: `side` and `part` are those of an AgreementPerson."""

    side: str
    part: str
    name: str
    phone: str = ""


@transaction.atomic
def draft_agreement(
    actor: Account,
    *,
    organization: Organization,
    place: Place,
    persons: Sequence[Named],
    renews: Agreement | None = None,
    **facts: Any,
) -> Agreement:
    """`facts` as in `_describe`. Raises Invalid beside the field that cannot be, Conflict for a number that is taken."""
    agreement = Agreement(office=actor.office, organization=organization, place=place, renews=renews)
    require(actor, "cobuilding.keep_agreement", agreement)
    if place.level != Place.Level.COMMUNITY:
        raise Invalid(_("协议由社区来签，请选社区。"), code="community", field="place")
    agreement.drafted_by, agreement.drafted_at = actor, clock.now()
    _describe(agreement, persons, **facts)
    _save(agreement)
    _write_persons(agreement, persons)
    audit.record(actor, "cobuilding.draft_agreement", agreement)
    return agreement


@transaction.atomic
def change_agreement(actor: Account, *, agreement: Agreement, persons: Sequence[Named], **facts: Any) -> Agreement:
    """While it is a draft; the parties stay. Raises Conflict afterwards: what was signed is not changed."""
    require(actor, "cobuilding.keep_agreement", agreement)
    agreement = locked_agreement(agreement)
    if agreement.state != State.DRAFT:
        raise Conflict(_("已经签了的协议不能再改，可以续签或者终止。"), code="signed")
    _describe(agreement, persons, **facts)
    _save(agreement)
    _write_persons(agreement, persons)
    audit.record(actor, "cobuilding.change_agreement", agreement)
    return agreement


@transaction.atomic
def sign_agreement(actor: Account, *, agreement: Agreement, signed_on: date, papers: Sequence[Any]) -> Agreement:
    """With the signed copy as evidence. Leaves a deed. Raises Invalid without a copy or on an impossible day."""
    require(actor, "cobuilding.keep_agreement", agreement)
    if not papers:
        raise Invalid(_("请附上签好字的那一份（照片或扫描件）。"), code="copy-missing", field="papers")
    return sign_with(actor, agreement=agreement, signed_on=signed_on, copies=take_in_files(actor, files=papers))


@transaction.atomic
def sign_with(actor: Account, *, agreement: Agreement, signed_on: date, copies: Sequence[Evidence]) -> Agreement:
    """The same with a copy that the ledger has already."""
    require(actor, "cobuilding.keep_agreement", agreement)
    agreement = locked_agreement(agreement)
    if signed_on > clock.today():
        raise Invalid(_("签订日期在今天之后。"), code="in-future", field="signed_on")
    if signed_on > agreement.ends_on:
        raise Invalid(_("签订日期在协议到期之后。"), code="after-end", field="signed_on")
    try:
        agreement.sign()
    except TransitionNotAllowed as error:
        raise Conflict(_("这份协议已经签过了。"), code="signed") from error
    agreement.signed_on = signed_on
    agreement.save()
    AgreementFile.objects.bulk_create([AgreementFile(agreement=agreement, evidence=copy) for copy in copies])
    record_signing(actor, agreement, copies)
    audit.record(actor, "cobuilding.sign_agreement", agreement)
    return agreement


def locked_agreement(agreement: Agreement) -> Agreement:
    found = Agreement.objects.select_for_update(of=("self",)).select_related("organization", "place")
    return found.get(pk=agreement.pk)


def _describe(
    agreement: Agreement,
    persons: Sequence[Named],
    *,
    number: str,
    title: str,
    content: str,
    duties_organization: str,
    duties_community: str,
    begins_on: date,
    ends_on: date,
    meetings_per_year: int = 4,
) -> None:
    check_title(title)
    agreement.number = checked_words(number, field="number", sentence=_("请写协议编号。"))[:40]
    agreement.title, agreement.meetings_per_year = title.strip()[:80], meetings_per_year
    texts = {"content": content, "duties_organization": duties_organization, "duties_community": duties_community}
    for name, text in texts.items():
        if len(text.strip()) < 2:
            raise Invalid(_("请写清楚。"), code=f"{name}-missing", field=name)
        setattr(agreement, name, text.strip())
    if ends_on <= begins_on:
        raise Invalid(_("到期的日子要晚于开始的日子。"), code="days-reversed", field="ends_on")
    if ends_on - begins_on > LONGEST:
        raise Invalid(_("一份协议最长二十年，请改短，到期续签。"), code="too-long", field="ends_on")
    if not 1 <= meetings_per_year <= 52:
        raise Invalid(_("一年碰头 1 到 52 次。"), code="meetings", field="meetings_per_year")
    agreement.begins_on, agreement.ends_on = begins_on, ends_on
    _check_persons(persons)


def _check_persons(persons: Sequence[Named]) -> None:
    """Both sides name who is in charge and who is the liaison."""
    for side in ("organization", "community"):
        for part in AgreementPerson.Part.values:
            if not any(one.side == side and one.part == part and one.name.strip() for one in persons):
                raise Invalid(_("请写姓名。"), code="person-missing", field=f"{side}_{part}")


def _write_persons(agreement: Agreement, persons: Sequence[Named]) -> None:
    agreement.persons.all().delete()
    for one in persons:
        if one.name.strip():
            facts = {"side": one.side, "part": one.part, "name": one.name.strip(), "phone": one.phone.strip()}
            AgreementPerson.objects.create(agreement=agreement, **facts)


def _save(agreement: Agreement) -> None:
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as error:
        if "renews" in str(error):
            raise Conflict(_("这份协议已经有续签的了。"), code="renewed") from error
        raise Conflict(_("这个编号已经用过了。"), code="number-taken", field="number") from error
