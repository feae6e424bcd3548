"""Two whistles that say the same, and one that says two things."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.work.whistles.forms.verbs.base import ActForm, long_text
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.alike import by_number, likely_same


class MergeForm(ActForm):
    """Into one of those that look alike, or into any by its number. Cleans to the service's `into`."""

    number = forms.CharField(
        label=gettext_lazy("或者写编号"), max_length=20, required=False, help_text=gettext_lazy("例如 2026-000123。")
    )
    field_order = ("into", "number")

    def prepare(self) -> None:
        self.alike = {whistle.pk: whistle for whistle in likely_same(self.account, self.thing)}
        choices = [(pk, f"{whistle.number} {whistle.text[:60]}") for pk, whistle in self.alike.items()]
        self.fields["into"] = forms.TypedChoiceField(
            label=_("并入哪一件"),
            choices=[("", _("不在下面，写编号")), *choices],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        into = self._into(values)
        return {"submission": values["submission"], "into": into} if into else values

    def _into(self, values: dict[str, Any]) -> Whistle | None:
        if values["number"]:
            found = by_number(self.account, values["number"])
            if found is None:
                self.add_error("number", _("没有这个编号的哨件，请核对。"))
            return found
        if values["into"] is None:
            self.add_error("into", _("请选一件，或写编号。"))
            return None
        return self.alike[values["into"]]


class SplitForm(ActForm):
    """Cleans to the service's `texts`: one for each paragraph."""

    texts = long_text(
        gettext_lazy("拆出来的事"), most=8000, rows=8, help_text=gettext_lazy("一件一段：写完一件换行。原来那件不动，接着办。")
    )
    reason = long_text(gettext_lazy("为什么拆"), rows=2)

    def clean_texts(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
