"""What is held about a person, for the copy that they may ask for."""

from typing import Any

from gongjian.registry.models import Person
from gongjian.work.whistles.models import Whistle


def personal_data(person: Person) -> dict[str, Any]:
    """Whistles that came with the person's phone number; a name alone proves nothing."""
    if not person.phone_mark:
        return {}
    found = Whistle.objects.filter(phone_mark=person.phone_mark).order_by("received_at")
    return {"whistles": [{"number": w.number, "received_at": w.received_at.isoformat(), "text": w.text} for w in found]}
