"""Widgets for what Django's own are too slow for."""

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


class LongSelect(forms.Select):
    """A select of hundreds of options, written at once: Django's renders a template for each option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = "".join(_group(label, options) for label, options, _index in widget["optgroups"])
        written = f'<select name="{escape(widget["name"])}"{flatatt(widget["attrs"])}>{groups}</select>'
        return mark_safe(written)  # noqa: S308  every name, value and label in it is escaped


def _group(label: Any, options: list[dict[str, Any]]) -> str:
    written = "".join(map(_option, options))
    return f'<optgroup label="{escape(str(label))}">{written}</optgroup>' if label else written


def _option(option: dict[str, Any]) -> str:
    attributes = flatatt(option["attrs"]) if option["attrs"] else ""
    return f'<option value="{escape(str(option["value"]))}"{attributes}>{escape(str(option["label"]))}</option>'
