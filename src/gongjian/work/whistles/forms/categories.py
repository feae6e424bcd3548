"""A row of the dispatch catalogue as a form."""

import re
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import OrganizationField
from gongjian.work.whistles.models import Category

NAMES = (
    *("code", "major", "minor", "grade", "opening_condition", "closing_condition"),
    *("response_amount", "response_unit", "resolution_amount", "resolution_unit", "active"),
)
FIRST, LAST = NAMES[:-1], NAMES[-1:]


class KeywordsField(forms.CharField):
    """Words with spaces or commas between; cleans to a list."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = [word for word in re.split(r"[\s,，、;；]+", super().clean(value)) if word]
        if long := [word for word in words if len(word) > 20]:
            raise forms.ValidationError(_("关键词太长：%(word)s") % {"word": long[0]}, code="long")
        return list(dict.fromkeys(words))


class CategoryForm(ServiceForm):
    def __init__(self, data: Any = None, *, category: Category | None = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        own = fields_for_model(Category, fields=NAMES)
        self.fields |= {name: own[name] for name in FIRST}
        self.fields["lead"] = OrganizationField(
            label=_("默认牵头单位"), required=False, help_text=_("派单时先填好这个单位，可以改。")
        )
        self.fields["keywords"] = KeywordsField(
            label=_("关键词"), required=False, help_text=_("内容里有这些词，就建议这个类别。用空格或顿号隔开。")
        )
        self.fields |= {name: own[name] for name in LAST}
        self.fields["code"].help_text = _("小写字母、数字、横线；也是 Open311 接口的服务代码，定了不再改。")
        self.fields["active"].help_text = _("停用以后不能再选，已有的哨件不变。")
        if category is None:
            self.fields["active"].initial = True
        else:
            del self.fields["code"]
            for name in self.fields.keys() - {"submission"}:
                self.fields[name].initial = getattr(category, name)
