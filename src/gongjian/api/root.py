"""The REST root: one API, its routers brought by the rooms, documented as OpenAPI 3.1 at `/api/v1/openapi.json`."""

from ninja import NinjaAPI

from gongjian import __version__
from gongjian.kernel.rest import install_problems
from gongjian.kernel.rooms import rooms

api = NinjaAPI(
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
