"""What is asked when a suggestion is taken up or put aside, and what counts how much."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.cobuilding.forms.fields import QuantityField, day_field, long_text
from gongjian.work.cobuilding.models import Suggestion


class TakeForm(ServiceForm):
    quantity = QuantityField(label=_("数量"), help_text=_("可以改：多一点少一点由人定。"))
    due_on = day_field(label=_("哪天前办到"), required=False)
    words = long_text(label=_("说一句"), required=False)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].initial = f"{suggestion.amount.value.normalize():f}"


class DismissForm(ServiceForm):
    reason = long_text(label=_("为什么不合适"), max_length=200)


def _weight(label: Any, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, help_text=hint)


class WeightsForm(ServiceForm):
    words = _weight(_("说的是不是一件事"), _("名称和说明像不像。"))
    nearness = _weight(_("离得近"), _("三公里外不加分。"))
    record = _weight(_("以往办得好"), _("说好的办成没有、社区满意不满意。新单位按一半算。"))
    fairness = _weight(_("大家分着来"), _("越大，越不让一家单位全包。0 就是不管。"))
