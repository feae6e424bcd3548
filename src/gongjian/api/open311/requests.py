"""Service requests: looking up, and reporting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongjian.api.open311 import asking
from gongjian.api.open311.answers import answer, door, missing
from gongjian.api.open311.catalog import category_of
from gongjian.api.open311.describing import described
from gongjian.api.open311.keys import WINDOW, reader, sender
from gongjian.kernel.rates import spend
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.machines import whose_business
from gongjian.work.whistles.services import Report
from gongjian.work.whistles.services.machines import report_by_machine

ROOT = "service_requests"
MOST_MEDIA = 4


@door("GET", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    if request.method == "POST":
        return _report(request, form)
    return answer(form, ROOT, _described(reader(request), asking.found(request.GET)))


@door("GET")
def one_request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """With the reporter's `token`, in the reporter's own words."""
    whistle, token = asking.one(number), request.GET.get("token", "")
    if token and token == whistle.token:
        return answer(form, ROOT, [described(whistle, known=True)])
    return answer(form, ROOT, _described(reader(request), [whistle]))


@door("GET")
def token(request: HttpRequest, form: str, secret: str) -> HttpResponse:
    whistle = asking.by_token(secret)
    return answer(form, ROOT, [{"service_request_id": whistle.number, "token": whistle.token}])


def _described(account: Account | None, whistles: list[Whistle]) -> list[dict[str, Any]]:
    known = whose_business(account, whistles)
    return [described(whistle, known=whistle.pk in known) for whistle in whistles]


def _report(request: HttpRequest, form: str) -> HttpResponse:
    account, key, most = sender(request)
    told = {name: value.replace("\x00", "").strip() for name, value in request.POST.items() if isinstance(value, str)}
    report = _read(told, request.FILES.getlist("media"))
    whistle = report_by_machine(
        account,
        report=report,
        media_url=told.get("media_url", ""),
        once=request.headers.get("Idempotency-Key", ""),
        before=lambda: spend(f"open311:{account.office_id}:{key}", most=most, within=WINDOW),
    )
    notice = _("已收到，会按事项的时限办理；凭编号可以查询进展。")
    return answer(form, ROOT, [{"service_request_id": whistle.number, "service_notice": notice, "account_id": ""}], status=200)


def _read(told: dict[str, str], media: list[Any]) -> Report:
    """Raises Invalid for what the specification requires and is not there, Missing for an unknown service."""
    if not told.get("service_code"):
        raise missing("service_code")
    category = category_of(told["service_code"])
    address = told.get("address_string") or told.get("address_id") or ""
    if not (told.get("lat") and told.get("long")) and not address:
        raise missing("lat / long / address_string")
    return Report(
        text=told.get("description") or _("%(category)s（没有写说明）") % {"category": category},
        spot=address,
        latitude=told.get("lat"),
        longitude=told.get("long"),
        name=" ".join(part for part in (told.get("first_name"), told.get("last_name")) if part),
        phone=told.get("phone", ""),
        email=told.get("email", ""),
        category=category,
        photos=media[:MOST_MEDIA],
    )
