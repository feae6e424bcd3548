"""Components are rendered the way pages render them: compiled by cotton, from a string."""

from typing import Any

from django.template import RequestContext, engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler


def rendered(source: str, path: str = "/", **context: Any) -> str:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    template = engine.from_string(CottonCompiler().process(source))
    request = RequestFactory().get(path)
    return template.render(RequestContext(request, context, processors=[lambda request: {"request": request}]))
