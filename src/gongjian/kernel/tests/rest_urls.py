"""A small API for testing the mechanism that all rooms' APIs share."""

from django.http import Http404, HttpRequest
from django.urls import path
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError

from gongjian.kernel.errors import Conflict, Invalid, InvalidMany, Missing, NotAllowed
from gongjian.kernel.models import CalendarDay
from gongjian.kernel.rest import Paged, Paging, idempotent, install_problems, paged

api = NinjaAPI(urls_namespace="kernel-tests", docs_url=None)
install_problems(api)
ERRORS = {
    "invalid": Invalid("不行", field="day"),
    "many": InvalidMany({"day": "甲错", "reason": "乙错"}),
    "conflict": Conflict("晚了一步", code="late"),
    "not-allowed": NotAllowed("不许"),
    "missing": Missing("没有"),
    "http": HttpError(400, "坏请求"),
    "404": Http404("secret path"),
}


class Day(Schema):
    day: str
    reason: str = ""


@api.post("/days", response={201: Day})
@idempotent(status=201)
def enter(request: HttpRequest, day: Day) -> Day:
    if day.reason == "refuse":
        raise Invalid("不行", field="reason")
    CalendarDay.objects.create(day=day.day, working=True, reason=f"第{CalendarDay.objects.count() + 1}次{day.reason}")
    return Day(day=day.day, reason=CalendarDay.objects.get(day=day.day).reason)


@api.get("/days", response=Paged[Day])
def listing(request: HttpRequest, paging: Query[Paging]) -> object:
    page = paged(CalendarDay.objects.all(), paging, order=["day"])
    return page | {"items": [Day(day=str(item.day), reason=item.reason) for item in page["items"]]}


@api.get("/errors/{kind}")
def fail(request: HttpRequest, kind: str) -> object:
    raise ERRORS[kind]


urlpatterns = [path("test/", api.urls)]
