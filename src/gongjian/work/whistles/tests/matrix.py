from typing import Any

from gongjian.registry.models import Account, Organization, Place
from gongjian.work.whistles import services
from gongjian.work.whistles.tests.factories import make_category, make_whistle
from gongjian.work.whistles.tests.matrices import accounts, board, public, settings, verbs, ways

MATRIX = [
    *public.MATRIX,
    *board.MATRIX,
    *verbs.MATRIX,
    *ways.MATRIX,
    *accounts.MATRIX,
    *settings.MATRIX,
]


def build(world: Any) -> None:
    """`whistle`: dispatched to `world.organization`, in `world.community`; `dispatch`, its lead's part."""
    clerk: Account = world.accounts["office_clerk"]
    community: Place = world.community
    organization: Organization = world.organization
    whistle = make_whistle(place=community, phone="13800000000")
    services.triage(clerk, whistle=whistle, category=make_category())
    services.dispatch(clerk, whistle=whistle, lead=services.Sending(organization))
    whistle.refresh_from_db()
    world.things["whistle"], world.things["dispatch"] = whistle, whistle.dispatches.get()
    for room in (public, board, verbs, ways, accounts, settings):
        if hasattr(room, "build"):
            room.build(world)
