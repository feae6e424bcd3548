"""What the room holds about a person: the elder gets everything, a carer what they did."""

from typing import Any

from gongjian.registry.models import Person
from gongjian.work.care.models import Pairing, Visit


def personal_data(person: Person) -> dict[str, Any]:
    cared_for = [_pairing(pairing) for pairing in Pairing.objects.filter(elder=person).select_related("community")]
    caring = Pairing.objects.filter(carer=person).select_related("community")
    held = {
        "cared_for": cared_for,
        "caring": [{"community": str(p.community), "since": p.began_on.isoformat(), "state": p.state} for p in caring],
    }
    return held if any(held.values()) else {}


def _pairing(pairing: Pairing) -> dict[str, Any]:
    visits = Visit.objects.filter(pairing=pairing).select_related("note").order_by("at")
    return {
        "community": str(pairing.community),
        "since": pairing.began_on.isoformat(),
        "risk": pairing.risk,
        "state": pairing.state,
        "address": pairing.address or "",
        "contact": [pairing.contact_name or "", pairing.contact_relation, pairing.contact_phone or ""],
        "steps": [{"at": s.at.isoformat(), "kind": s.kind, "words": s.words or ""} for s in pairing.steps.order_by("at")],
        "visits": [_visit(visit) for visit in visits],
    }


def _visit(visit: Visit) -> dict[str, str]:
    note = getattr(visit, "note", None)
    return {"at": visit.at.isoformat(), "means": visit.means, "went": visit.went, "note": note.words if note else ""}
