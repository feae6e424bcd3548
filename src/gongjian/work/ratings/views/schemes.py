"""Schemes: the list, one with everything it says, making and editing one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.ratings.examples import examples
from gongjian.work.ratings.forms.schemes import NewSchemeForm, SchemeForm
from gongjian.work.ratings.models import Scheme
from gongjian.work.ratings.selectors import schemes as selectors
from gongjian.work.ratings.services import schemes as services
from gongjian.work.ratings.views.acting import GET, act_page, posted


@page("ratings.view", methods=GET)
def schemes(request: OfficeRequest) -> HttpResponse:
    context = {"schemes": list(selectors.schemes()), "may_manage": may(request.user, "ratings.manage")}
    return render(request, "ratings/schemes.html", context)


@page("ratings.manage")
def make(request: OfficeRequest) -> HttpResponse:
    form = NewSchemeForm(posted(request))

    def act(values: dict[str, Any]) -> Scheme:
        example = examples().get(values.pop("example"))
        return services.make_scheme(request.user, blueprint=example.blueprint if example else None, **values)

    return act_page(
        request,
        form,
        act,
        title=_("新建星级评定办法"),
        submit=_("建立"),
        back=reverse("ratings:schemes"),
        onward=lambda made: reverse("ratings:scheme", args=[made.pk]),
        done=_("建好了。接着把指标改成本地的。"),
    )


@page("ratings.view", methods=GET)
def scheme(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_scheme(pk)
    version = selectors.current_version(found)
    context = {
        "scheme": found,
        "version": version,
        "blueprint": version.blueprint,
        "kinds": selectors.deed_kinds(version.blueprint),
        "versions": selectors.versions(found)[:20],
        "may_edit": may(request.user, "ratings.manage") and not found.closed_at,
    }
    return render(request, "ratings/scheme.html", context)


@page("ratings.manage")
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_scheme(pk)
    form = SchemeForm(posted(request), initial={name: getattr(found, name) for name in SchemeForm.FIELDS})
    return act_page(
        request,
        form,
        lambda values: services.edit_scheme(request.user, scheme=found, **values),
        title=_("修改办法"),
        submit=_("存下"),
        back=reverse("ratings:scheme", args=[pk]),
        done=_("改好了。"),
    )


@page("ratings.manage")
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_scheme(pk)
    return act_page(
        request,
        ServiceForm(posted(request)),
        lambda values: services.close_scheme(request.user, scheme=found),
        title=_("停用这个办法"),
        sub=_("停用以后不能再开新一轮；评出来的星级还在。不能恢复。"),
        submit=_("停用"),
        back=reverse("ratings:scheme", args=[pk]),
        done=_("停用了。"),
    )
