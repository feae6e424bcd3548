"""The matrix of URLs that no room owns: probes, sign-in pages of allauth, the API's own documents."""

from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import EVERYBODY

MATRIX = [
    Case("health", allowed=EVERYBODY),
    Case("metrics", allowed=EVERYBODY),
    Case("set_language", method="post", allowed=EVERYBODY),
]
