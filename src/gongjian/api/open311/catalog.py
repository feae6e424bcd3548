"""What there is: the discovery document, and the services, which are the categories of the dispatch catalogue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.api.open311.answers import answer, door
from gongjian.kernel.errors import Missing
from gongjian.work.whistles.models import Category
from gongjian.work.whistles.selectors.policies import categories

CHANGED = "2026-01-01T00:00:00+08:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
FORMATS = ["text/xml", "application/json"]


@door("GET")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("open311:root"))
    endpoint = {"specification": SPECIFICATION, "url": address, "changeset": CHANGED, "type": "production", "formats": FORMATS}
    contact = _("请与街道办事处联系，申请范围为 open311:write 的接口令牌作为 api_key。")
    content = {
        "changeset": CHANGED,
        "contact": contact,
        "key_service": contact,
        "endpoints": [endpoint],
    }
    return answer(form, "discovery", content)


@door("GET")
def services(request: HttpRequest, form: str) -> HttpResponse:
    return answer(form, "services", [_described(category) for category in categories()])


@door("GET")
def service(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """No service asks for more than the specification's own fields (`metadata` is false): the definition is empty."""
    return answer(form, "service_definition", {"service_code": category_of(code).code, "attributes": []})


def category_of(code: str) -> Category:
    """Raises Missing, which is 404."""
    found = categories().filter(code=code).first()
    if found is None:
        raise Missing(_("没有 service_code “%(code)s”。") % {"code": code})
    return found


def _described(category: Category) -> dict[str, Any]:
    return {
        "service_code": category.code,
        "service_name": category.minor,
        "description": category.opening_condition or str(category),
        "metadata": False,
        "type": "realtime",
        "keywords": ", ".join(category.keywords),
        "group": category.major,
    }
