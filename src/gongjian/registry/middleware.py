"""Each request stands in one office, and a session that nobody uses ends."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_scopes import scope

from gongjian.kernel import clock
from gongjian.registry.models.accounts import ADMINISTRATORS, Account
from gongjian.registry.selectors import office_of_host
from gongjian.registry.services.passwords import password_is_due

Handler = Callable[[HttpRequest], HttpResponse]
_NO_OFFICE = ("/healthz", "/metrics", "/static/")
_ALWAYS_OPEN = ("/accounts/", "/language/")


class OfficeScopeMiddleware:
    """Opens the scope of the office that the host name names; a query outside any scope raises."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_NO_OFFICE):
            return self.get_response(request)
        office = office_of_host(request.get_host().split(":")[0])
        if office is None:
            return HttpResponseNotFound("No office is set up at this address. Run: gongjian demo")
        request.office = office  # type: ignore[attr-defined]
        with scope(office=office):
            if request.user.is_authenticated and request.user.office_id != office.pk:
                logout(request)
            return self.get_response(request)


class SignInPolicyMiddleware:
    """Idle sessions end. Before anything else, a password that is due is changed and an administrator has a second factor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_NO_OFFICE) and request.user.is_authenticated:
            if _idle_too_long(request):
                return _end_idle_session(request)
            if not request.path.startswith(_ALWAYS_OPEN) and (door := _first_door(request, request.user)):
                return door
        return self.get_response(request)


def _idle_too_long(request: HttpRequest) -> bool:
    """Notes the time once a minute, which spares a write per request."""
    now, last = clock.now().timestamp(), request.session.get("last_seen")
    if last is None or now - last > 60:
        request.session["last_seen"] = now
    return last is not None and now - last > settings.IDLE_MINUTES * 60


def _end_idle_session(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("您有一段时间没有操作，为安全起见已退出，请重新登录。"))
    return redirect_to_login(request.get_full_path())


def _first_door(request: HttpRequest, account: Account) -> HttpResponse | None:
    """Where the account must go before it may see anything else."""
    if password_is_due(account):
        messages.warning(request, _("密码该换了：它是别人替您设的，或者已经用得太久。换好再继续。"))
        return redirect("account_change_password")
    if account.holds(*ADMINISTRATORS) and not is_mfa_enabled(account):
        messages.warning(request, _("管理员账号须先启用两步验证。"))
        return redirect("mfa_activate_totp")
    return None
