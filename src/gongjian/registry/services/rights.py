"""What people may ask about their own data (PIPL §§44–50): a copy, a correction, deletion. Each is kept in a register."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.rooms import rooms
from gongjian.registry.models import Account, DataRequest, Person
from gongjian.registry.services.people import describe, save_person

ERASED_NAME = "—"


@transaction.atomic
def copy_of_person(actor: Account, *, person: Person, basis: str) -> dict[str, Any]:
    """Everything that every room holds about the person, as JSON; `basis` says how they asked and who they showed to be."""
    require(actor, "registry.edit_people", person)
    _enter(actor, person, DataRequest.Kind.COPY, basis)
    own = {
        "name": person.name,
        "identity_number": person.identity_number or "",
        "phone": person.phone or "",
        "organization": str(person.organization or ""),
        "community": str(person.community or ""),
        "party_member": person.party_member,
        "consents": [_consent(consent) for consent in person.consents.order_by("given_at")],
        "data_requests": [_request(request) for request in person.data_requests.order_by("handled_at")],
    }
    return {"registry": own} | {room.label: held for room in rooms() if (held := room.personal_data(person))}


def _consent(consent: Any) -> dict[str, Any]:
    return {
        "purpose": str(consent.get_purpose_display()),
        "means": consent.means,
        "given_at": consent.given_at.isoformat(),
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }


def _request(request: DataRequest) -> dict[str, Any]:
    return {"kind": str(request.get_kind_display()), "basis": request.basis, "handled_at": request.handled_at.isoformat()}


@transaction.atomic
def correct_person(
    actor: Account, *, person: Person, basis: str, name: str, identity_number: str = "", phone: str = "", **changes: Any
) -> Person:
    """`changes`: organization, community, party_member. An empty number keeps the one that is there."""
    require(actor, "registry.edit_people", person)
    _check_not_erased(person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    for field, value in changes.items():
        setattr(person, field, value)
    describe(
        person,
        name=name,
        identity_number=identity_number or person.identity_number or "",
        phone=phone or person.phone or "",
    )
    save_person(actor, person)
    _enter(actor, person, DataRequest.Kind.CORRECT, basis)
    return person


@transaction.atomic
def erase_person(actor: Account, *, person: Person, basis: str) -> Person:
    """Name and numbers go, in the history too, and what rooms can forget; deeds keep an anonymous doer.

    Raises Conflict while their account is open.
    """
    require(actor, "registry.edit_people", person)
    _check_not_erased(person)
    if Account.objects.filter(person=person, is_active=True).exists():
        raise Conflict(_("这个人还有启用的账号，请系统管理员先停用账号。"), code="has-account")
    _enter(actor, person, DataRequest.Kind.ERASE, basis)
    for room in rooms():
        room.forget(person)
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    Account.objects.filter(person=person).update(person=None, name=ERASED_NAME, email="")
    person.name, person.identity_number, person.phone = ERASED_NAME, "", ""
    person.identity_mark = person.phone_mark = ""
    person.organization = person.community = None
    person.party_member, person.erased_at = False, clock.now()
    save_person(actor, person)
    person.events.update(  # type: ignore[attr-defined]  # pghistory adds it
        name=ERASED_NAME, identity_mark="", phone_mark="", organization=None, community=None, party_member=False
    )
    return person


def _enter(actor: Account, person: Person, kind: str, basis: str) -> None:
    if len(basis.strip()) < 4:
        raise Invalid(_("请写明谁提出的、怎么核实是本人。"), code="basis", field="basis")
    DataRequest.objects.create(
        office=actor.office,
        person=person,
        kind=kind,
        basis=basis.strip(),
        handled_at=clock.now(),
        handled_by=actor,
    )
    audit.record(actor, f"registry.{kind}_person", person)


def _check_not_erased(person: Person) -> None:
    if person.erased_at:
        raise Conflict(_("这个人的信息已经删除。"), code="erased")
