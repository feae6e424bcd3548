"""Bringing a report, ticking what was proposed, and completing a single proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.chronicle.reading.files.opening import MOST_CHARACTERS
from gongjian.chronicle.reading.models import Report
from gongjian.chronicle.reading.proposed import period_of
from gongjian.chronicle.reading.selectors import Card
from gongjian.kernel import clock
from gongjian.kernel.errors import InvalidMany
from gongjian.kernel.permissions import may
from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.record import DeedForm
from gongjian.ledger.selectors.reach import reach_of
from gongjian.registry.models import Account, Organization


class ReportForm(ServiceForm):
    text = forms.CharField(
        label=gettext_lazy("把报道粘贴在这里"),
        required=False,
        max_length=MOST_CHARACTERS + 1,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    file = forms.FileField(
        label=gettext_lazy("或者选一个文件"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("文本、Word（.docx）、PDF、网页。扫描的 PDF 里没有文字，读不了。"),
    )
    published = forms.DateField(
        label=gettext_lazy("报道日期"),
        required=False,
        help_text=gettext_lazy("文中只写“7月30日”“今年”的，按这个日期算是哪一年；没写时间的，记成这一年。"),
    )
    place: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("说的是哪里"),
        required=False,
        empty_label=gettext_lazy("按文中写的"),
        help_text=gettext_lazy("文中没写地方的，记在这里。"),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = reach_of(account).places()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        text, file = values.get("text", ""), values.get("file")
        if not text.strip() and not file and not self.errors:
            self.add_error("text", _("请粘贴文字，或者选一个文件。"))
        if text.strip() and file:
            self.add_error("file", _("粘贴了文字，又选了文件：请只留一样。"))
        if values.get("published") and values["published"] > clock.today():
            self.add_error("published", _("报道日期在今天之后，请核对。"))
        return values


class TakeForm(ServiceForm):
    """The numbers of the proposals that were ticked."""

    take = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, cards: list[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takable = [card.proposed.number for card in cards if not card.lacks and card.deed is None]
        self.fields["take"].choices = [(number, str(number)) for number in takable]  # type: ignore[attr-defined]
        self.refused: dict[int, str] = {}

    def _say(self, error: Any) -> None:
        if isinstance(error, InvalidMany):
            self.refused = {int(key.removeprefix("take-")): sentence for key, sentence in error.sentences.items()}
            self.add_error(None, _("有几条没能记下，原因写在它们旁边；这次一条也没有记。"))
        else:
            super()._say(error)


class ProposalForm(DeedForm):
    """One proposal, completed or corrected by a person; beginning with what was read."""

    enter_new = forms.BooleanField(label=gettext_lazy("底册里没有，登记为新单位"), required=False)
    new_name = forms.CharField(label=gettext_lazy("新单位全称"), required=False, max_length=120)
    new_kind = forms.ChoiceField(label=gettext_lazy("新单位类别"), required=False, choices=Organization.Kind.choices)
    field_order = ("organization", "enter_new", "new_name", "new_kind")

    def __init__(self, *args: Any, account: Account, card: Card, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        for field in ("team", "person", "evidence"):
            self.fields.pop(field, None)
        if card.organization is not None or not may(account, "registry.edit_register"):
            for field in ("enter_new", "new_name", "new_kind"):
                del self.fields[field]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("enter_new"):
            if not values.get("new_name", "").strip():
                self.add_error("new_name", _("请写单位的全称。"))
        elif "organization" in values and not values["organization"]:
            self.add_error("organization", _("请写明是哪个单位做的。"))
        return values


def beginning_with(report: Report, card: Card, kind_of_new: str) -> dict[str, Any]:
    one = card.proposed
    period = period_of(one, report.published, clock.today())
    return {
        "organization": card.organization,
        "enter_new": card.organization is None and bool(one.organization),
        "new_name": one.organization,
        "new_kind": kind_of_new,
        "kind": card.kind.pk,
        "place": card.place.pk if card.place else None,
        "precision": period[2] if period else "year",
        "occurred_from": period[0] if period else None,
        "occurred_to": period[1] if period and period[2] == "range" else None,
        "quantity": one.quantity or None,
        "approximation": one.approximation,
        "statement": one.statement,
        "public": True,
    }
