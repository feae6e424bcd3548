from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import EVERYBODY, SIGNED_IN

MATRIX = [
    Case("desk:home", allowed=EVERYBODY),
    Case("desk:about", allowed=EVERYBODY),
    Case("desk:deeds", allowed=EVERYBODY),
    Case("desk:search", allowed=EVERYBODY),
    Case("desk:elder", method="post", allowed=EVERYBODY),
    Case("desk:my_desk", allowed=SIGNED_IN),
    Case("desk:organization", allowed=EVERYBODY, kwargs=lambda world: {"pk": world.organization.pk}),
]
