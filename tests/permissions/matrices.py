"""Finding the matrices of all rooms, and all URLs of the product."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from gongjian.kernel.tests.matrix import Case


def matrices() -> list[ModuleType]:
    names = [f"{room}.tests.matrix" for room in settings.STOREYS if find_spec(f"{room}.tests")]
    names = [name for name in names if name != "gongjian.kernel.tests.matrix" and find_spec(name)]
    return [import_module(name) for name in [*names, "tests.permissions.framework"]]


def cases() -> list[Case]:
    return [case for module in matrices() for case in module.MATRIX]


def url_patterns(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every page of the product with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from url_patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry


def accepts_post(pattern: URLPattern) -> bool:
    """True for our own pages that take a form; what foreign views accept is not known."""
    return "POST" in getattr(pattern.callback, "methods", ())
