from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.notifications.models import Channel
from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Organization

_FIELDS = ("name", "url", "language", "digest_hour", "quiet_from", "quiet_until", "urgent_passes")


class ChannelForm(ServiceForm):
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("自己认得就行，比如“值班群”。"))
    url = forms.CharField(
        label=_("地址"),
        max_length=900,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("群机器人的网址，或下面例子里的写法。存好以后不再显示。"),
    )
    language = forms.ChoiceField(label=_("用哪种语言"), choices=Channel.Language.choices)
    digest_hour = forms.TypedChoiceField(
        label=_("每天几点汇总成一条"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("不汇总，随到随发")), *((hour, f"{hour:02d}:00") for hour in range(24))],
    )
    quiet_from = forms.TimeField(label=_("免打扰，从"), required=False, widget=forms.TimeInput)
    quiet_until = forms.TimeField(
        label=_("免打扰，到"), required=False, widget=forms.TimeInput, help_text=_("可以跨零点；到点再发。")
    )
    urgent_passes = forms.BooleanField(label=_("加急的不等汇总，也不管免打扰"), required=False, initial=True)


class ChangeChannelForm(ChannelForm):
    """No address keeps the one that is there."""

    url = forms.CharField(
        label=_("换成新地址"),
        max_length=900,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("不换就空着。"),
    )
    enabled = forms.BooleanField(label=_("启用"), required=False)

    @staticmethod
    def values_of(channel: Channel) -> dict[str, Any]:
        return {name: getattr(channel, name) for name in (*_FIELDS, "enabled") if name != "url"}


class WhoseForm(forms.Form):
    """A clerk picks the organization whose channels to set."""

    organization: Any = forms.ModelChoiceField(None, label=_("单位"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["organization"].queryset = Organization.objects.all()  # type: ignore[attr-defined]
