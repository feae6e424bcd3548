from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.forms.policies import PolicyForm
from gongjian.work.whistles.selectors import policies
from gongjian.work.whistles.services.configuring import change_policy


@page("whistles.configure")
def policy(request: OfficeRequest) -> HttpResponse:
    form = PolicyForm(request.POST or None, policy=policies.policy())

    def act(values: dict[str, Any]) -> str:
        change_policy(request.user, **values)
        return reverse("whistles:policy")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。改了时限或上下班时间的，在办哨件的期限马上重算。"))
        return redirect(url)
    return show_form(request, "whistles/policy.html", form)
