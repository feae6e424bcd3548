"""Many whistles at once: what is ticked, or the whole selection as a sheet."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from gongjian.kernel import audit
from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.selection import BulkForm, SelectionForm
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.reach import visible
from gongjian.work.whistles.selectors.selection import NEWEST, RELATED, select
from gongjian.work.whistles.services.bulk import MOST, Outcome

MOST_EXPORTED = 5000
HEAD = (
    gettext_noop("编号"),
    gettext_noop("收到时间"),
    gettext_noop("来源"),
    gettext_noop("社区"),
    gettext_noop("地方"),
    gettext_noop("具体位置"),
    gettext_noop("内容"),
    gettext_noop("类别"),
    gettext_noop("级别"),
    gettext_noop("状态"),
    gettext_noop("牵头单位"),
    gettext_noop("几人反映"),
    gettext_noop("应响应"),
    gettext_noop("响应时间"),
    gettext_noop("应办结"),
    gettext_noop("反馈时间"),
    gettext_noop("预警"),
    gettext_noop("已解决"),
    gettext_noop("满意度"),
)


@page("whistles.board", methods=("POST",))
def bulk(request: OfficeRequest) -> HttpResponse:
    form = BulkForm(request.POST, dispatches=may(request.user, "whistles.dispatch"))
    chosen = _ticked(request)
    if not form.is_valid() or not chosen:
        missing = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
        messages.error(request, " ".join(missing) if chosen else _("请先勾选几件。"))
        return redirect(_back(request))
    if form.cleaned_data["act"] == "print":
        return render(request, "whistles/board/print.html", {"rows": chosen})
    if form.cleaned_data["act"] == "export":
        return _sheet(request, chosen, "ticked")
    _say(request, _carry_out(request, chosen, form.cleaned_data))
    return redirect(_back(request))


@page("whistles.board", methods=("GET", "HEAD"))
def export(request: OfficeRequest) -> HttpResponse:
    """The selection as Excel, the newest MOST_EXPORTED."""
    form = SelectionForm(request.GET)
    found = select(request.user, form.chosen()).order_by(*NEWEST)[:MOST_EXPORTED]
    return _sheet(request, found.iterator(chunk_size=1000), form.query())


def _ticked(request: OfficeRequest) -> list[Whistle]:
    """Raises Invalid for more than MOST."""
    wanted = {int(pk) for pk in request.POST.getlist("whistle") if pk.isdecimal() and len(pk) < 19}
    if len(wanted) > MOST:
        raise Invalid(_("一次最多办 %(most)s 件。") % {"most": MOST}, code="too-many")
    return list(visible(request.user).select_related(*RELATED, "category__lead").filter(pk__in=wanted).order_by(*NEWEST))


def _carry_out(request: OfficeRequest, chosen: list[Whistle], values: dict[str, Any]) -> Outcome:
    if values["act"] == "triage":
        return services.triage_as_suggested(request.user, whistles=chosen)
    if values["act"] == "dispatch":
        return services.dispatch_as_suggested(request.user, whistles=chosen)
    return services.assign(request.user, whistles=chosen, organization=values["organization"])


def _say(request: OfficeRequest, outcome: Outcome) -> None:
    if outcome.done:
        messages.success(request, ngettext("办好了 %(n)d 件。", "办好了 %(n)d 件。", outcome.done) % {"n": outcome.done})
    if outcome.refused:
        shown = "；".join(f"{number} {sentence}" for number, sentence in outcome.refused[:5])
        count = len(outcome.refused)
        messages.warning(request, _("%(n)s 件没有办成：%(why)s") % {"n": count, "why": shown})


def _sheet(request: OfficeRequest, rows: Iterable[Whistle], what: str) -> HttpResponse:
    """Nothing of who reported it: whoever needs that opens the whistle, which is written down."""
    audit.record(request.user, "whistles.export", filter=what)
    response = spreadsheet(_("哨件"), [_(title) for title in HEAD], (_row(whistle) for whistle in rows))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _row(whistle: Whistle) -> list[Any]:
    solved = {True: _("是"), False: _("否"), None: ""}[whistle.solved]
    return [
        whistle.number,
        whistle.received_at,
        whistle.get_source_display(),
        whistle.community,
        whistle.place,
        whistle.spot,
        whistle.text,
        whistle.category,
        whistle.get_grade_display(),
        whistle.get_state_display(),
        whistle.lead,
        whistle.voices,
        whistle.response_due_at,
        whistle.responded_at,
        whistle.resolution_due_at,
        whistle.reported_at,
        whistle.get_color_display(),
        solved,
        whistle.get_satisfaction_display(),
    ]


def _back(request: OfficeRequest) -> str:
    view = "whistles:list" if request.POST.get("back") == "list" else "whistles:board"
    return f"{reverse(view)}?{SelectionForm(request.GET).query()}"
