"""One's own account: password, second factor, passkeys (allauth's pages), roles and tokens for machines."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page
from gongjian.registry import selectors
from gongjian.registry.forms.accounts import TokenForm
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services import tokens as services


@page("registry.manage_own_tokens")
def show(request: OfficeRequest) -> HttpResponse:
    """A new token's secret is in the answer to its form and nowhere else."""
    form = TokenForm(request.POST or None)
    issued = form.ask(lambda values: services.issue_token(request.user, **values)) if request.method == "POST" else None
    context = {
        "form": form,
        "secret": issued[1] if issued else "",
        "tokens": request.user.tokens.order_by("revoked_at", "-created_at"),
    }
    status = 422 if request.method == "POST" and form.errors else 200
    response = render(request, "registry/me.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@page("registry.manage_own_tokens", methods=("POST",))
def revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    services.revoke_token(request.user, token=selectors.get_token(request.user, pk))
    messages.success(request, _("吊销了，拿着它的程序从现在起进不来。"))
    return redirect("registry:me")
