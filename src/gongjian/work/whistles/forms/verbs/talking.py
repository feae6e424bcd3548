"""Comments."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.work.whistles.forms.verbs.base import ActForm, long_text
from gongjian.work.whistles.selectors.colleagues import colleagues_of
from gongjian.work.whistles.services.commenting import MENTION


class CommentForm(ActForm):
    """Cleans to the service's `words` and `public`; who is named in the box of its own stands in front of the words."""

    words = long_text(gettext_lazy("留言"), most=2000)
    mention = forms.CharField(
        label=gettext_lazy("请谁看"),
        max_length=61,
        required=False,
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
        help_text=gettext_lazy("可不填。打几个字，从名单里挑；也可以在留言里写 @用户名，提到几个人都行。"),
    )
    public = forms.TypedChoiceField(
        label=gettext_lazy("谁能看到"),
        choices=[("no", gettext_lazy("只有办这件事的同事能看到")), ("yes", gettext_lazy("公开：反映的居民也能看到"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )

    def prepare(self) -> None:
        self.colleagues = colleagues_of(self.thing).exclude(pk=self.account.pk)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        name = values.pop("mention", "").strip().removeprefix("@")
        if name and "words" in values and name not in MENTION.findall(values["words"]):
            values["words"] = f"@{name} {values['words']}"
        if name and not colleagues_of(self.thing).filter(username=name).exists():
            self.add_error("mention", _("没有这个人，或看不到这件哨：%(names)s") % {"names": name})
        return values
