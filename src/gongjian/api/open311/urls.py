"""`/open311/v2/…`, each in JSON and XML."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.utils.translation import gettext as _

from gongjian.api.open311 import catalog, requests
from gongjian.api.open311.answers import door, refusal


class FormConverter(StringConverter):
    regex = "json|xml"


register_converter(FormConverter, "open311_form")


@door("GET", "POST")
def nothing_here(request: HttpRequest, form: str, rest: str = "") -> HttpResponse:
    return refusal(form, 404, _("没有这个地址，请看 discovery.json 和 Open311 GeoReport v2 的说明。"))


app_name = "open311"
urlpatterns = [
    path("discovery.<open311_form:form>", catalog.discovery, name="discovery"),
    path("v2/", nothing_here, {"form": "json"}, name="root"),
    path("v2/discovery.<open311_form:form>", catalog.discovery, name="discovery_v2"),
    path("v2/services.<open311_form:form>", catalog.services, name="services"),
    path("v2/services/<slug:code>.<open311_form:form>", catalog.service, name="service"),
    path("v2/requests.<open311_form:form>", requests.requests, name="requests"),
    path("v2/requests/<slug:number>.<open311_form:form>", requests.one_request, name="request"),
    path("v2/tokens/<slug:secret>.<open311_form:form>", requests.token, name="token"),
    path("<path:rest>", nothing_here, {"form": "json"}, name="nothing_here"),
]
