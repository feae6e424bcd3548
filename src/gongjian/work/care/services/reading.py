"""What is sensitive, in clear: for the pairing and the community, and every reading is written down."""

from dataclasses import dataclass

from django.db import transaction

from gongjian.kernel import audit
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.care.models import Note, Pairing, Step

MOST = 50


@dataclass(frozen=True)
class InClear:
    """The elder's name, family and address; notes by the key of their visit; what was said with steps, by theirs."""

    name: str
    phone: str
    address: str
    contact_name: str
    contact_phone: str
    notes: dict[int, str]
    steps: dict[int, str]


@transaction.atomic
def read_notes(actor: Account, *, pairing: Pairing) -> InClear:
    """The newest MOST notes."""
    require(actor, "care.read_notes", pairing)
    notes = {n.pk: n.words for n in Note.objects.filter(visit__pairing=pairing).order_by("-visit__at")[:MOST]}
    steps = {s.pk: s.words for s in Step.objects.filter(pairing=pairing).order_by("-at")[:MOST] if s.words}
    audit.record(actor, "care.read_notes", pairing, notes=len(notes))
    return InClear(
        name=pairing.elder.name,
        phone=pairing.elder.phone or "",
        address=pairing.address or "",
        contact_name=pairing.contact_name or "",
        contact_phone=pairing.contact_phone or "",
        notes=notes,
        steps=steps,
    )


@transaction.atomic
def forget_notes(actor: Account, *, pairing: Pairing) -> int:
    """Deletes notes, what was said with steps, and the family's numbers: the elder asks, or it is over. How many notes went."""
    require(actor, "care.manage", pairing)
    gone, _by_model = Note.objects.filter(visit__pairing=pairing).delete()
    pairing.steps.update(words=None)
    pairing.address = pairing.contact_name = pairing.contact_phone = pairing.contact_relation = ""
    pairing.save(update_fields=["address", "contact_name", "contact_phone", "contact_relation"])
    audit.record(actor, "care.forget_notes", pairing, notes=gone)
    return gone
