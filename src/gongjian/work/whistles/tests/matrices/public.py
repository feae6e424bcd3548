from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import EVERYBODY


def by_link(world):
    return {"token": world.whistle.token}


MATRIX = [
    Case("whistles:report", allowed=EVERYBODY),
    Case("whistles:report", method="post", allowed=EVERYBODY),
    Case("whistles:similar", method="post", allowed=EVERYBODY),
    Case("whistles:join", method="post", allowed=EVERYBODY, kwargs=lambda world: {"pk": world.whistle.pk}),
    Case("whistles:reported", allowed=EVERYBODY, kwargs=by_link),
    Case("whistles:follow", allowed=EVERYBODY, kwargs=by_link),
    Case("whistles:follow", method="post", allowed=EVERYBODY, kwargs=by_link),
    Case("whistles:follow_photo", allowed=EVERYBODY, kwargs=lambda world: {**by_link(world), "photo": world.whistle_photo.pk}),
]


def build(world):
    """A photo beside `whistle`, brought by the neighbor."""
    from gongjian.ledger.services import take_in_from_stranger
    from gongjian.work.whistles.models import Photo
    from gongjian.work.whistles.tests.factories import make_photo

    evidence = take_in_from_stranger(world.office, files=[make_photo()])[0]
    world.things["whistle_photo"] = Photo.objects.create(whistle=world.whistle, evidence=evidence, moment="reported")
