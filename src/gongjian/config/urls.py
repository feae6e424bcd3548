"""Every room's pages under its mount, the machines' door, and the few pages that belong to no room."""

from django.urls import include, path
from django.views.i18n import set_language

from gongjian.api.root import api, no_such_operation
from gongjian.kernel.rooms import rooms

urlpatterns = [
    path("", include("gongjian.desk.urls")),
    path("accounts/", include("gongjian.registry.signin_urls")),
    path("language/", set_language, name="set_language"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", no_such_operation, name="no_such_operation"),
    path("open311/", include("gongjian.api.open311.urls")),
    path("", include("gongjian.config.probes")),
    *[path(f"{room.mount}/", include(f"{room.name}.urls")) for room in rooms() if room.mount],
]

handler400 = "gongjian.desk.views.errors.bad_request"
handler403 = "gongjian.desk.views.errors.forbidden"
handler404 = "gongjian.desk.views.errors.not_found"
handler500 = "gongjian.desk.views.errors.server_error"
