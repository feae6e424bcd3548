"""What the forms of all acts have in common."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.errors import DomainError
from gongjian.kernel.files import examine
from gongjian.kernel.web.forms import ManyFilesField, ServiceForm
from gongjian.registry.models import Account

MOST_WORDS = 500


class ActForm(ServiceForm):
    """`thing` is what is acted on: a whistle, or a part of one. Without further fields it is a yes to what the page says."""

    def __init__(self, *args: Any, account: Account, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.thing = account, thing
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values that follow from who asks about what."""


class YesNo(forms.TypedChoiceField):
    """Two sentences to choose from, nothing chosen yet; cleans to a bool."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: Any, no: Any, **options: Any) -> None:
        super().__init__(choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes", empty_value=None, **options)


class PhotosField(ManyFilesField):
    """Optional photos; each is looked at before any is stored, so that a refusal stands beside the right field."""

    def __init__(self, **options: Any) -> None:
        hint = gettext_lazy("可以不传。每张不超过 20 MB。没有提交成功的话，照片要重新选一次。")
        super().__init__(required=False, allow_empty_file=True, **{"help_text": hint, **options})
        self.widget.attrs["accept"] = "image/*"

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = super().clean(data, initial)
        for file in files:
            _check_photo(file)
        return files


def _check_photo(file: Any) -> None:
    try:
        found = examine(file)
    except DomainError as error:
        raise forms.ValidationError(str(error), code=error.code) from error
    if not found.media_type.startswith("image/"):
        raise forms.ValidationError(_("这里只收照片。"), code="file-type")
    file.seek(0)


def long_text(label: Any, *, most: int = MOST_WORDS, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)
