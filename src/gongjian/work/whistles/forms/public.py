"""What somebody without an account fills in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ManyFilesField, ManyFilesInput, ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Place
from gongjian.work.whistles.models.whistles import Satisfaction
from gongjian.work.whistles.selectors.places import TOLD, reportable_places

CAMERA = {"accept": "image/*", "capture": "environment"}
YES_NO = [("yes", _("是")), ("no", _("没有"))]


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Communities as headings, and under each what people call by name."""

    widget = LongSelect

    def grouped(self, places: Iterable[Place]) -> list[tuple[str, Any]]:
        choices: list[tuple[str, Any]] = [("", _("不知道属于哪个社区"))]
        group: list[tuple[int, str]] = []
        for place in places:
            if place.level == Place.Level.COMMUNITY:
                group = [(place.pk, str(_("%(name)s（全部）") % {"name": place.name}))]
                choices.append((place.name, group))
            elif group:
                group.append((place.pk, place.name))
        return choices


class ReportForm(ServiceForm):
    text = forms.CharField(
        label=_("什么事、在哪里"),
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": _("例如：3 号楼 2 单元门口的垃圾三天没清了")}),
    )
    camera = forms.FileField(label=_("拍一张"), required=False, widget=forms.FileInput(attrs=CAMERA))
    photos = ManyFilesField(
        label=_("从相册选"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": "image/*"}),
        help_text=_("可不传，最多 4 张。照片只给办事的人看，拍摄位置等信息不会公开。"),
    )
    place: Any = PlaceField(None, label=_("社区、院落"), required=False)
    spot = forms.CharField(
        label=_("具体位置"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("几号楼、哪个路口")}),
    )
    latitude = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)
    longitude = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)
    name = forms.CharField(
        label=_("怎么称呼您"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("可不留。只给办这件事的人看，用来问清情况、告诉您结果；加密保存，查看都有记录。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = Place.objects.filter(level__in=TOLD)
        field.choices = field.grouped(reportable_places())

    def clean(self) -> dict[str, Any]:
        """Both ways of adding a photo end in one list."""
        values: dict[str, Any] = super().clean() or {}
        camera = values.pop("camera", None)
        values["photos"] = [*([camera] if camera else []), *values.get("photos", [])]
        return values


class RatingForm(ServiceForm):
    satisfaction = forms.ChoiceField(label=_("您满意吗"), choices=Satisfaction.choices, widget=forms.RadioSelect)
    solved = forms.ChoiceField(label=_("事情解决了吗"), choices=YES_NO, widget=forms.RadioSelect)
    contacted = forms.ChoiceField(label=_("有人联系过您吗"), choices=YES_NO, widget=forms.RadioSelect)
    words = forms.CharField(label=_("还想说的"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return values | {name: values[name] == "yes" for name in ("solved", "contacted") if name in values}


class WithdrawForm(ServiceForm):
    reason = forms.CharField(label=_("为什么撤回"), max_length=300, help_text=_("例如：已经自己解决了。"))
