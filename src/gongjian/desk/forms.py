from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.desk.selectors import Choice
from gongjian.ledger.models import DeedKind
from gongjian.ledger.models.deeds import Category
from gongjian.registry.models import Organization
from gongjian.registry.selectors import communities


class DeedFilter(forms.Form):
    """Which public deeds to list; every field may be left out."""

    organization: Any = forms.ModelChoiceField(None, label=_("单位"), required=False, empty_label=_("全部单位"))
    category = forms.ChoiceField(label=_("大类"), required=False, choices=[("", _("全部大类")), *Category.choices])
    kind = forms.ModelChoiceField(DeedKind.objects.all(), label=_("种类"), required=False, empty_label=_("全部种类"))
    place: Any = forms.ModelChoiceField(None, label=_("社区"), required=False, empty_label=_("全部社区"))
    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["organization"].queryset = Organization.objects.all()  # type: ignore[attr-defined]
        self.fields["place"].queryset = communities()  # type: ignore[attr-defined]

    def chosen(self) -> Choice:
        """No choice at all when something was filled in wrongly."""
        if not self.is_valid():
            return Choice()
        values = self.cleaned_data
        kind, organization = values["kind"], values["organization"]
        return Choice(
            kind=kind.pk if kind else "",
            category=values["category"],
            organization=organization.pk if organization else None,
            place=values["place"],
            since=values["since"],
            until=values["until"],
        )
