"""The whistle as staff blow it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.registry.models import Role
from gongjian.work.whistles.forms.verbs.base import ActForm, PhotosField, long_text
from gongjian.work.whistles.forms.verbs.places import CategoryField, PlaceField, places_of
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.models.whistles import MOST_TEXT
from gongjian.work.whistles.services import Report

Source = Whistle.Source
SOURCES = [
    (Source.STAFF, gettext_lazy("居民找上门、打来电话")),
    (Source.PATROL, gettext_lazy("巡查发现")),
    (Source.HOTLINE, gettext_lazy("12345 转来")),
]


class BlowForm(ActForm):
    """Cleans to the service's `report` and `source`. `thing` is the draft that is gone on with, if there is one."""

    text = long_text(
        gettext_lazy("什么事"), most=MOST_TEXT, help_text=gettext_lazy("说清是什么事、在哪里、多久了。一件事吹一次哨。")
    )
    place: Any = PlaceField(None, label=gettext_lazy("哪个社区、院落"), required=False, empty_label=gettext_lazy("还不清楚"))
    spot = forms.CharField(
        label=gettext_lazy("具体位置"), max_length=160, required=False, help_text=gettext_lazy("例如“3号楼东侧垃圾投放点”。")
    )
    source = forms.ChoiceField(label=gettext_lazy("怎么来的"), choices=SOURCES, widget=forms.RadioSelect, initial=Source.STAFF)
    external_number = forms.CharField(
        label=gettext_lazy("来源编号"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("12345 工单号。同一个号只登记一次。"),
    )
    photos = PhotosField(label=gettext_lazy("照片"))
    name = forms.CharField(
        label=gettext_lazy("反映人姓名"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("可不填。姓名、电话加密保存，只给办这件事的人看。"),
    )
    phone = forms.CharField(label=gettext_lazy("反映人电话"), max_length=30, required=False)
    email = forms.CharField(label=gettext_lazy("反映人邮箱"), max_length=254, required=False)
    latitude = forms.CharField(label=gettext_lazy("纬度"), max_length=20, required=False)
    longitude = forms.CharField(label=gettext_lazy("经度"), max_length=20, required=False)

    field_order = ("text", "place", "spot", "category", "source", "external_number", "photos", "name", "phone", "email")

    def prepare(self) -> None:
        place = self.fields["place"]
        place.queryset = places_of(self.account)  # type: ignore[attr-defined]
        if not self.account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER):
            place.required, place.empty_label = True, _("请选择")  # type: ignore[attr-defined]
        self.fields["category"] = CategoryField(
            label=_("类别"), empty=_("让街道来分"), required=False, help_text=_("拿不准就空着，不耽误吹哨。")
        )
        self.order_fields(self.field_order)
        if self.thing is not None:
            self.initial = {**typed_in(self.thing), **self.initial}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        submission, source = values.pop("submission"), values.pop("source")
        return {"submission": submission, "source": source, "report": Report(**values)}


def typed_in(whistle: Whistle) -> dict[str, Any]:
    """What a draft holds, as its form asks for it."""
    return {
        "text": whistle.text,
        "place": whistle.place_id,
        "spot": whistle.spot,
        "source": whistle.source,
        "external_number": whistle.external_number,
        "category": whistle.category.code if whistle.category else "",
        "name": whistle.reporter_name or "",
        "phone": whistle.reporter_phone or "",
        "email": whistle.reporter_email or "",
        "latitude": whistle.latitude,
        "longitude": whistle.longitude,
    }
