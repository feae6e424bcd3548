from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm


class SheetForm(ServiceForm):
    file = forms.FileField(
        label=_("表格"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Excel 文件（.xlsx），不超过 20 MB、五万行。先给您看结果，您确认了才导入。"),
    )


class ConfirmForm(ServiceForm):
    """Nothing to fill in."""
