from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.cobuilding.forms.fields import long_text


class WithdrawForm(ServiceForm):
    because = long_text(label=_("为什么撤下"), max_length=200)
