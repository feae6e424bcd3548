"""The action log, for the audit administrator and the auditors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.paging import page_after
from gongjian.kernel.rooms import action_name
from gongjian.kernel.web.pages import page
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry import selectors
from gongjian.registry.forms.accounts import AuditFilter
from gongjian.registry.requests import OfficeRequest

NEWEST_FIRST = ("-at", "-pk")
MOST_EXPORTED = 20_000


@page("registry.view_audit", methods=("GET", "HEAD"))
def log(request: OfficeRequest) -> HttpResponse:
    form = AuditFilter(request.GET)
    found = selectors.audit_entries(request.office.pk, **form.chosen())
    shown = page_after(found, order=NEWEST_FIRST, cursor=request.GET.get("cursor"), size=50)
    rows = [(entry, action_name(entry.action)) for entry in shown.items]
    return render(request, "registry/audit.html", {"form": form, "rows": rows, "next": shown.next})


@page("registry.view_audit", methods=("GET", "HEAD"))
def export(request: OfficeRequest) -> HttpResponse:
    """The newest entries of the selection; reading the log out is itself logged."""
    chosen = AuditFilter(request.GET).chosen()
    found = selectors.audit_entries(request.office.pk, **chosen).order_by(*NEWEST_FIRST)[:MOST_EXPORTED]
    head = [_("时间"), _("操作人"), _("动作"), _("动作代码"), _("对象"), _("细节"), _("来源地址")]
    rows = [
        (
            f"{timezone.localtime(e.at):%Y-%m-%d %H:%M:%S}",
            e.actor,
            action_name(e.action),
            e.action,
            e.thing_name,
            e.detail,
            e.address,
        )
        for e in found
    ]
    audit.record(request.user, "registry.export_audit", entries=len(rows))
    return spreadsheet(_("操作日志"), head, rows)
