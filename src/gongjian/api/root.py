"""The REST root: one API, its routers brought by the rooms, documented as OpenAPI 3.1 at `/api/v1/openapi.json`."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from gongjian import __version__
from gongjian.api.description import DescribedAPI
from gongjian.kernel.rest import install_problems, problem
from gongjian.kernel.rooms import rooms

api = DescribedAPI(
    title="共建 Gongjian",
    version=__version__,
    description="Machines' door: the same services as the pages. Bearer tokens with scopes; RFC 9457 problems; cursor paging; "
    "Idempotency-Key on every POST.",
    urls_namespace="api",
    docs_url="/docs",
)
install_problems(api)
for room in rooms():
    router = room.api_router()
    if router is not None:
        api.add_router(f"/{room.mount}", router)


@csrf_exempt
def no_such_operation(request: HttpRequest, rest: str) -> HttpResponse:
    """Machines are answered in their own form, where a person would get a page."""
    return problem(404, "missing", _("没有这个接口地址，请对照 /api/v1/openapi.json。"))
