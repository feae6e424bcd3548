"""Entering places."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Office, Place

PARTS = {
    Place.Level.SUBDISTRICT: (Place.Level.STREET, Place.Level.COMPOUND),
    Place.Level.COMMUNITY: (Place.Level.COMPOUND, Place.Level.BUILDING, Place.Level.STREET),
    Place.Level.COMPOUND: (Place.Level.BUILDING,),
}
"""What an office may enter below what; everything above comes from the national codes."""


@transaction.atomic
def enter_place(
    actor: Account,
    *,
    parent: Place,
    level: str,
    name: str,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Place:
    """With the next free code below its parent. Raises Invalid where no such place belongs, Conflict if it is there already."""
    require(actor, "registry.edit_register", parent)
    if level not in PARTS.get(Place.Level(parent.level), ()):
        raise Invalid(_("“%(parent)s”下面不能登记这一类地方。") % {"parent": parent.name}, code="level", field="level")
    if not name.strip():
        raise Invalid(_("请写名称。"), code="name-missing", field="name")
    lock(f"places-below:{parent.pk}")
    if parent.children.filter(name=name.strip()).exists():
        raise Conflict(_("“%(name)s”已经登记过。") % {"name": name.strip()}, code="taken", field="name")
    code = _next_code(parent)
    place = add_place(actor.office, parent, level, code, name.strip(), latitude=latitude, longitude=longitude)
    audit.record(actor, "registry.enter_place", place)
    return place


@transaction.atomic
def locate_place(actor: Account, *, place: Place, latitude: Decimal, longitude: Decimal) -> Place:
    """Say where on the map it lies (WGS 84 degrees). Raises Invalid for a point that is not on earth."""
    require(actor, "registry.edit_register", place)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Invalid(_("坐标不对：纬度在 ±90 以内，经度在 ±180 以内。"), code="coordinates", field="latitude")
    place.latitude, place.longitude = latitude, longitude
    place.save(update_fields=["latitude", "longitude"])
    audit.record(actor, "registry.locate_place", place)
    return place


def _next_code(parent: Place) -> str:
    taken = set(parent.children.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{parent.code}-{number}" in taken:
        number += 1
    return f"{parent.code}-{number}"


def add_place(
    office: Office,
    parent: Place | None,
    level: str,
    code: str,
    name: str,
    *,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    official_name: str = "",
) -> Place:
    """The bare act, for setting up an installation before anybody has an account."""
    path = f"{parent.path}/{code}" if parent else code
    place = Place(
        office=office,
        parent=parent,
        level=level,
        code=code,
        name=name,
        official_name=official_name,
        path=path,
        latitude=latitude,
        longitude=longitude,
    )
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise Conflict(_("代码 %(code)s 已经登记过。") % {"code": code}, code="taken", field="code") from error
    return place
