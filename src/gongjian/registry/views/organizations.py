"""Organizations: the list, one of them, entering and editing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry import selectors
from gongjian.registry.forms.organizations import EDITED, AliasForm, OrganizationFilter, OrganizationForm
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services import organizations as services


@page("registry.view_register", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    form = OrganizationFilter(request.GET)
    found = selectors.organizations(**form.chosen())
    return render(request, "registry/organizations.html", {"form": form, "page": paginate(request, found)})


@page("registry.view_register", methods=("GET", "HEAD"))
def export(request: OfficeRequest) -> HttpResponse:
    head = [_("全称"), _("简称"), _("类别"), _("统一社会信用代码"), _("上级单位"), _("所在社区"), _("地址")]
    found = selectors.organizations(**OrganizationFilter(request.GET).chosen())
    rows = ((o.name, o.short_name, o.get_kind_display(), o.credit_code, o.parent, o.community, o.address) for o in found)
    return spreadsheet(_("单位名册"), head, rows)


@page("registry.view_register", methods=("GET", "HEAD"))
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    organization = selectors.get_organization(pk)
    context = {
        "organization": organization,
        "parts": organization.parts.all(),
        "party_organizations": organization.party_organizations.all(),
        "changes": selectors.changes_of(organization),
        "alias_form": AliasForm(),
    }
    return render(request, "registry/organization.html", context)


@page("registry.edit_register")
def enter(request: OfficeRequest) -> HttpResponse:
    form = OrganizationForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        return _url(services.enter_organization(request.user, **values).pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记好了。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("登记单位"), back=reverse("registry:organizations"))


@page("registry.edit_register")
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    organization = selectors.get_organization(pk)
    form = OrganizationForm(request.POST or None, initial={name: getattr(organization, name) for name in EDITED})

    def act(values: dict[str, Any]) -> str:
        services.edit_organization(request.user, organization=organization, **values)
        return _url(pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了，改动记在下面。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=organization.name, back=_url(pk))


@page("registry.edit_register")
def alias(request: OfficeRequest, pk: int) -> HttpResponse:
    organization = selectors.get_organization(pk)
    form = AliasForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.add_alias(request.user, organization=organization, **values)
        return _url(pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("别名加上了。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("加别名"), back=_url(pk))


def _url(pk: int) -> str:
    return reverse("registry:organization", args=[pk])
