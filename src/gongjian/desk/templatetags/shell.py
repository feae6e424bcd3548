"""What the shell's own templates and components say; `{% load shell %}` where needed."""

from typing import Any

import cn2an
from django import forms, template
from django.forms import BoundField
from django.utils.translation import get_language

from gongjian.ledger import telling

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> str:
    """The field's widget with the class that Bootstrap wants for it and the reader's own date picker."""
    widget = field.field.widget
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
    attributes: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {_class_for(widget)}".strip()}
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.filter
def is_tick(field: BoundField) -> bool:
    """True for a single tick box, which stands before its label."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def without_reset_link(form: forms.BaseForm) -> forms.BaseForm:
    """allauth's forms offer a password reset by mail; here the system administrator resets passwords."""
    for name in {"password", "oldpassword"} & form.fields.keys():
        form[name].help_text = ""
    return form


@register.filter
def spoken(count: int) -> str:
    """A count as one says it: 两件, 九件, 十一件; in English the figure."""
    if not (get_language() or "").startswith("zh") or count > 99:
        return str(count)
    if count == 2:
        return "两"
    words: str = cn2an.an2cn(count)
    return words.removeprefix("一") if 10 <= count < 20 else words


@register.filter
def when(deed: Any) -> str:
    """When a deed was done, as precisely as it is known."""
    return telling.when(deed)


@register.simple_tag
def page_links(page: Any) -> list[int | str]:
    """Page numbers around `page`, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


def _class_for(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"
