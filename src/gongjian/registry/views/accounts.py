"""Accounts, opened and closed by the system administrator; roles, given and ended by the security administrator."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry import selectors
from gongjian.registry.forms.accounts import AccountFilter, AccountForm, RoleForm
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services import accounts as services
from gongjian.registry.services import roles


@page("registry.view_accounts", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    found = selectors.accounts(request.office.pk, request.GET.get("words", ""))
    return render(request, "registry/accounts.html", {"form": AccountFilter(request.GET), "page": paginate(request, found)})


@page("registry.view_accounts", methods=("GET", "HEAD"))
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    account = selectors.get_account(request.office.pk, pk)
    former = account.assignments.filter(until__isnull=False).select_related("community", "organization")
    context = {"account": account, "former": former.order_by("-until"), "role_form": RoleForm()}
    return render(request, "registry/account.html", context)


@page("registry.manage_accounts")
def open_new(request: OfficeRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and (opened := form.ask(lambda values: services.open_account(request.user, **values))):
        account, secret = opened
        return _show_password(request, account, secret)
    return show_form(request, "registry/form.html", form, title=_("开账号"), back=reverse("registry:accounts"))


def _show_password(request: OfficeRequest, account: Any, secret: str) -> HttpResponse:
    response = render(request, "registry/password.html", {"account": account, "secret": secret})
    response.headers["Cache-Control"] = "no-store"
    return response


@page("registry.manage_accounts", methods=("POST",))
def password(request: OfficeRequest, pk: int) -> HttpResponse:
    account = selectors.get_account(request.office.pk, pk)
    return _show_password(request, account, services.reset_password(request.user, account=account))


@page("registry.manage_accounts", methods=("POST",))
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    services.close_account(request.user, account=selectors.get_account(request.office.pk, pk))
    messages.success(request, _("停用了：不能再登录，做过的事都还在。"))
    return redirect(_url(pk))


@page("registry.manage_accounts", methods=("POST",))
def reopen(request: OfficeRequest, pk: int) -> HttpResponse:
    services.reopen_account(request.user, account=selectors.get_account(request.office.pk, pk))
    messages.success(request, _("又能登录了。"))
    return redirect(_url(pk))


@page("registry.grant_roles")
def role(request: OfficeRequest, pk: int) -> HttpResponse:
    account = selectors.get_account(request.office.pk, pk)
    form = RoleForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        roles.grant_role(request.user, account=account, **values)
        return _url(pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("角色给上了。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("给角色"), back=_url(pk))


@page("registry.grant_roles", methods=("POST",))
def end_role(request: OfficeRequest, pk: int) -> HttpResponse:
    assignment = roles.end_role(request.user, assignment=selectors.get_assignment(request.office.pk, pk))
    messages.success(request, _("角色解除了。"))
    return redirect(_url(assignment.account_id))


@page("registry.grant_roles", methods=("POST",))
def second_factor(request: OfficeRequest, pk: int) -> HttpResponse:
    roles.reset_second_factor(request.user, account=selectors.get_account(request.office.pk, pk))
    messages.success(request, _("两步验证清掉了，下次登录时重新设。"))
    return redirect(_url(pk))


def _url(pk: int) -> str:
    return reverse("registry:account", args=[pk])
