"""The register of an office, out of the database. Inside the office's scope."""

from gongjian.chronicle.reading.doers.register import Known, Register
from gongjian.registry.models import Organization, Place


def register() -> Register:
    """Two queries and one for the aliases."""
    known = Organization.objects.prefetch_related("aliases").order_by("pk")
    organizations = tuple(
        Known(one.pk, one.name, tuple(filter(None, {one.short_name, *(alias.name for alias in one.aliases.all())})))
        for one in known
    )
    places = Place.objects.exclude(
        level__in=(Place.Level.PROVINCE, Place.Level.CITY, Place.Level.DISTRICT, Place.Level.SUBDISTRICT)
    )
    return Register(organizations, tuple(places.values_list("name", flat=True)))
