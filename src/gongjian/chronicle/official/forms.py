"""Which paper, about what, and what only the office knows: its number, whom it goes to."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.chronicle.official import texts
from gongjian.chronicle.official.description import OfficialPaper
from gongjian.chronicle.official.texts import Details, Meeting
from gongjian.chronicle.writing.subjects import Subject, month
from gongjian.honors.models import Campaign
from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import MonthField, OrganizationField
from gongjian.registry.models import Office

KINDS = [
    ("decision", gettext_lazy("表彰（表扬）决定")),
    ("notice", gettext_lazy("公示")),
    ("thanks", gettext_lazy("感谢信")),
    ("report", gettext_lazy("工作报告")),
]
OF_CAMPAIGN = {"decision", "notice"}


class DetailsForm(forms.Form):
    issuer = forms.CharField(label=gettext_lazy("发文机关"), max_length=40)
    number = forms.CharField(
        label=gettext_lazy("文号"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("例如“花办〔2020〕12号”：六角括号，年份写全，序号前不加零、不加“第”。"),
    )
    addressee = forms.CharField(label=gettext_lazy("主送"), max_length=200, required=False)
    copies = forms.CharField(label=gettext_lazy("抄送"), max_length=200, required=False)
    printer = forms.CharField(label=gettext_lazy("印发机关"), max_length=60, required=False)
    signed_on = forms.DateField(label=gettext_lazy("成文日期"), required=False)

    @property
    def details(self) -> Details:
        names = ("issuer", "number", "addressee", "copies", "printer", "signed_on")
        return Details(**{name: self.cleaned_data.get(name) or Details.__dict__.get(name, "") for name in names})


class PaperForm(DetailsForm):
    kind = forms.ChoiceField(label=gettext_lazy("写什么"), choices=KINDS)
    campaign: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("哪次评选"), required=False, help_text=gettext_lazy("决定和公示要选。")
    )
    organization = OrganizationField(label=gettext_lazy("感谢哪家单位"), required=False)
    since = MonthField(label=gettext_lazy("从哪个月"), required=False, help_text=gettext_lazy("感谢信和工作报告要填。"))
    until = MonthField(label=gettext_lazy("到哪个月"), required=False)
    field_order = ("kind", "campaign", "organization", "since", "until", "issuer", "number")

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._office = office
        found = Campaign.objects.select_related("office", "notice", "decision").order_by("-opened_at")
        self.fields["campaign"].queryset = found  # type: ignore[attr-defined]
        self.fields["issuer"].initial = f"{office.name}办事处"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        kind = values.get("kind")
        if kind in OF_CAMPAIGN and not values.get("campaign"):
            self._ask("campaign", _("请选是哪次评选。"))
        if kind == "thanks" and not values.get("organization"):
            self._ask("organization", _("请写感谢哪家单位。"))
        if kind in {"thanks", "report"} and not values.get("since"):
            self._ask("since", _("请写从哪个月写起。"))
        if values.get("since") and values.get("until") and values["since"] > values["until"]:
            self._ask("until", _("结束月份早于开始月份。"))
        return values

    def _ask(self, field: str, sentence: str) -> None:
        if field not in self.errors:
            self.add_error(field, sentence)

    def paper(self) -> OfficialPaper:
        """Of a form that is valid. Raises DomainError where there is nothing to print."""
        values = self.cleaned_data
        if values["kind"] in OF_CAMPAIGN:
            of_campaign = texts.decision if values["kind"] == "decision" else texts.notice
            return of_campaign(values["campaign"], self.details)
        since, until = month(values["since"])[0], month(values["until"] or values["since"])[1]
        subject = Subject(self._office, since, until, organization=values["organization"])
        return (texts.thanks if values["kind"] == "thanks" else texts.report)(subject, self.details)


class MinutesForm(ServiceForm, DetailsForm):
    title = forms.CharField(label=gettext_lazy("标题"), max_length=50)
    text = forms.CharField(
        label=gettext_lazy("议定事项"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("一段一行。层次写“一、”“（一）”“1.”“（1）”，字体会跟着变。"),
    )
    present = forms.CharField(label=gettext_lazy("出席"), max_length=500)
    excused = forms.CharField(label=gettext_lazy("请假"), max_length=500, required=False)
    attending = forms.CharField(label=gettext_lazy("列席"), max_length=500, required=False)
    field_order = ("issuer", "number", "title", "text", "present", "excused", "attending", "copies", "printer", "signed_on")

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["addressee"]
        self.fields["issuer"].initial = f"{office.name}办事处"
        self.fields["number"].help_text = _("例如“第3期”。")

    def paper(self) -> OfficialPaper:
        names = ("title", "text", "present", "excused", "attending")
        return texts.minutes(Meeting(**{name: self.cleaned_data[name] for name in names}), self.details)
