from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import OFFICE, STAFF

REACHES_IT = STAFF - {"other_community_worker", "other_unit_liaison"}


def about(world):
    return {"pk": world.whistle.pk}


MATRIX = [
    Case("whistles:board", allowed=STAFF),
    Case("whistles:list", allowed=STAFF),
    Case("whistles:map", allowed=STAFF),
    Case("whistles:points", allowed=STAFF),
    Case("whistles:export", allowed=STAFF),
    Case("whistles:bulk", method="post", allowed=STAFF),
    Case("whistles:save_filter", method="post", allowed=STAFF),
    Case("whistles:forget_filter", method="post", allowed={"office_clerk"}, kwargs=lambda world: {"pk": world.saved_filter.pk}),
    Case("whistles:whistle", allowed=REACHES_IT, kwargs=about),
    Case("whistles:photo", allowed=REACHES_IT, kwargs=lambda world: {**about(world), "photo": world.whistle_photo.pk}),
    Case("whistles:move", method="post", allowed=REACHES_IT, kwargs=about),
    Case("whistles:reveal", method="post", allowed=OFFICE | {"community_worker", "unit_liaison"}, kwargs=about),
]


def build(world):
    from gongjian.work.whistles.services import save_filter

    clerk = world.accounts["office_clerk"]
    world.things["saved_filter"] = save_filter(clerk, name="超期的", query="state=overdue")
