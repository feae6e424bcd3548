"""Answers and refusals in the two forms that the specification demands."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from gongjian.kernel.errors import DomainError, Invalid

Values = Mapping[str, Any]
ONE_OF = {"service_requests": "request", "services": "service", "errors": "error", "attributes": "attribute"}
"""What the entries of a list are called in XML."""
ONE_OF |= {"endpoints": "endpoint", "formats": "format"}
STATUS_OF = {422: 400, 409: 400}
"""The specification knows no others."""


def answer(form: str, root: str, content: Any, *, status: int = 200) -> HttpResponse:
    """`content` is one thing or a list of them; `root` names it in XML."""
    if form == "json":
        options = {"ensure_ascii": False}
        return JsonResponse(content, safe=False, status=status, json_dumps_params=options)
    xml = tostring(_element(root, content), encoding="utf-8", xml_declaration=True)
    return HttpResponse(xml, content_type="application/xml; charset=utf-8", status=status)


def refusal(form: str, status: int, sentence: str) -> HttpResponse:
    return answer(form, "errors", [{"code": status, "description": sentence}], status=status)


def _element(name: str, content: Any) -> Element:
    element = Element(name)
    _fill(element, name, content)
    return element


def _fill(element: Element, name: str, content: Any) -> None:
    if isinstance(content, Mapping):
        for key, value in content.items():
            _fill(SubElement(element, key), key, value)
    elif isinstance(content, list):
        for one in content:
            _fill(SubElement(element, ONE_OF[name]), ONE_OF[name], one)
    elif content is not None:
        element.text = _text(content)


def _text(value: object) -> str:
    """XML 1.0 has no control characters and no U+FFFE, and Open311's booleans are small."""
    if isinstance(value, bool):
        return str(value).lower()
    return "".join(c for c in str(value) if (c >= " " and c not in "\ufffe\uffff") or c in "\t\n\r")


def door(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view of this door: no session, no cookie, and every refusal in the form that was asked for."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def opened(request: HttpRequest, form: str, **named: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return refusal(form, 400, _("这个地址不接受 %(method)s。") % {"method": request.method})
            try:
                return view(request, form, **named)
            except DomainError as error:
                return refusal(form, STATUS_OF.get(error.status, error.status), str(error))

        return opened

    return decorate


def missing(what: str) -> Invalid:
    """400: an argument that must be there is not."""
    return Invalid(_("缺少 %(what)s。") % {"what": what}, code="missing-argument", field=what)
