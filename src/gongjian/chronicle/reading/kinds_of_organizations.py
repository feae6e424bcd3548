"""What kind of the registry a name sounds like."""

from gongjian.chronicle.reading.doers.names import type_of
from gongjian.registry.models import Organization

_KINDS = {
    "bank": Organization.Kind.BANK,
    "school": Organization.Kind.SCHOOL,
    "hospital": Organization.Kind.HOSPITAL,
    "hotel": Organization.Kind.HOTEL,
    "company": Organization.Kind.COMPANY,
    "institute": Organization.Kind.PUBLIC_INSTITUTION,
    "association": Organization.Kind.SOCIAL,
    "community": Organization.Kind.COMMITTEE,
}


def kind_of(name: str) -> str:
    return str(_KINDS.get(type_of(name), Organization.Kind.ORGAN))
