"""Writing the statement of deeds, with every figure checked against the ledger while it is typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import links, selectors, services
from gongjian.honors.forms.candidates import StatementForm
from gongjian.honors.selectors import candidate_pages
from gongjian.honors.views.acting import account, act_page, posted
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page


@page("honors.edit_statement")
def generate(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    return act_page(
        request,
        ServiceForm(posted(request)),
        lambda values: services.generate_statement(account(request), candidate=found),
        title=_("由台账生成事迹材料"),
        sub=_("生成新的一版，旧版都留着。"),
        submit=_("生成"),
        back=links.candidate_url(pk),
        onward=lambda made: reverse("honors:statement", args=[pk]),
        done=_("生成了新的一版。读一遍，改顺了再存。"),
    )


@page("honors.edit_statement")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    latest = found.statements.first()
    text = latest.text if latest else ""
    form = StatementForm(posted(request), initial={"text": text, "base": latest.number if latest else 0})
    return act_page(
        request,
        form,
        lambda values: services.edit_statement(account(request), candidate=found, **values),
        template="honors/statement.html",
        back=links.candidate_url(pk),
        done=_("存成了新的一版。"),
        candidate=found,
        **candidate_pages.statement_check(found, form["text"].value() or ""),
    )


@page("honors.edit_statement", methods=("POST",))
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment under the editor: how long it is, and which figures no deed backs."""
    found = selectors.get_candidate(account(request), pk)
    context = {"candidate": found, **candidate_pages.statement_check(found, request.POST.get("text", ""))}
    return render(request, "honors/parts/statement_check.html", context)
