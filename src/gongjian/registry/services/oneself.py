"""What people say about themselves on a public page: who they are, and what they consent to. No clerk stands between."""

from typing import Any

from django.db import transaction

from gongjian.kernel import audit, clock
from gongjian.registry.models import Consent, Office, Person
from gongjian.registry.services.people import check_phone, describe, mark, save_person


@transaction.atomic
def introduce_oneself(actor: Any, *, office: Office, name: str, phone: str, **details: Any) -> Person:
    """The person of this name and phone, entered if there is none. Tells the caller nothing that they did not say.

    `details`: organization, community; they describe a new person and never change a known one. Raises Invalid.
    """
    known = Person.objects.filter(name=name.strip(), phone_mark=mark(check_phone(phone)), erased_at=None).order_by("pk").first()
    if known is not None:
        return known
    person = Person(office=office, **details)
    describe(person, name=name, identity_number="", phone=phone)
    save_person(actor, person)
    audit.record(actor, "registry.introduce_oneself", person)
    return person


@transaction.atomic
def decide_consent(actor: Any, *, person: Person, purpose: str, given: bool, means: str) -> None:
    """The person's own yes or no; saying it again changes nothing. The caller knows that it is the person who speaks."""
    standing = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    if given:
        _consent, changed = Consent.objects.get_or_create(
            person=person,
            purpose=purpose,
            withdrawn_at=None,
            defaults={"office": person.office, "means": means, "given_at": clock.now()},
        )
    else:
        changed = bool(standing.update(withdrawn_at=clock.now()))
    if changed:
        audit.record(actor, f"registry.{'give' if given else 'withdraw'}_consent", person, purpose=purpose)
