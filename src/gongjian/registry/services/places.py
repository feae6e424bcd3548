"""Setting up an office and entering places."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Office, Place


@transaction.atomic
def enter_place(
    actor: Account,
    *,
    parent: Place,
    level: str,
    code: str,
    name: str,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Place:
    """Raises Conflict if the office already has a place with that code."""
    require(actor, "registry.edit_register")
    place = add_place(actor.office, parent, level, code, name, latitude, longitude)
    audit.record(actor, "registry.enter_place", place)
    return place


def add_place(
    office: Office,
    parent: Place | None,
    level: str,
    code: str,
    name: str,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Place:
    """The bare act, for setting up an installation before anybody has an account."""
    path = f"{parent.path}/{code}" if parent else code
    place = Place(
        office=office, parent=parent, level=level, code=code, name=name, path=path, latitude=latitude, longitude=longitude
    )
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise Conflict(_("代码 %(code)s 已经登记过。") % {"code": code}, code="taken", field="code") from error
    return place
