"""Forms over services: what was typed stays, what is refused is said beside its field, and twice the same click is once."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from gongjian.kernel.errors import DomainError, InvalidMany
from gongjian.kernel.submissions import carry_out_once

Shown = TypeVar("Shown")


class FormRenderer(TemplatesSetting):
    form_template_name = "shell/form.html"
    field_template_name = "shell/field.html"


class ServiceForm(forms.Form):
    """A form that one service carries out. The hidden `submission` key makes a repeated POST harmless."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def submit(self, request: HttpRequest, act: Callable[[dict[str, Any]], str]) -> str | None:
        """The URL to go on to, which `act(values)` returned (now, or the first time this form was sent); None if refused."""
        if not self.is_valid():
            return None
        values = dict(self.cleaned_data)
        key = values.pop("submission") or uuid.uuid4()
        try:
            answer = carry_out_once(f"form:{request.user.pk or '-'}:{key}", lambda: {"url": act(values)})
        except DomainError as error:
            self._say(error)
            return None
        return str(answer.content["url"])

    def ask(self, act: Callable[[dict[str, Any]], Shown]) -> Shown | None:
        """What `act(values)` returned, to be shown now and never kept: a secret, a number in clear. None if refused."""
        if not self.is_valid():
            return None
        values = {name: value for name, value in self.cleaned_data.items() if name != "submission"}
        try:
            return act(values)
        except DomainError as error:
            self._say(error)
            return None

    def _say(self, error: DomainError) -> None:
        if isinstance(error, InvalidMany):
            for field, sentence in error.sentences.items():
                self.add_error(field if field in self.fields else None, str(sentence))
        else:
            self.add_error(error.field if error.field in self.fields else None, str(error))


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; cleans to a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFilesField, self).clean(file, initial) for file in files]
