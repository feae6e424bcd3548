"""The forms by which staff act on a whistle."""

from typing import Any

from django.urls import path

from gongjian.work.whistles.views.verbs import (
    beginning,
    blowing,
    checking,
    doing,
    sending,
    sorting,
    talking,
    timing,
)
from gongjian.work.whistles.views.verbs.acting import Verb, page_of

VERBS: dict[str, Verb] = {
    **beginning.VERBS,
    **sending.VERBS,
    **doing.VERBS,
    **checking.VERBS,
    **sorting.VERBS,
    **timing.VERBS,
    **talking.VERBS,
}


def _path(name: str, verb: Verb) -> Any:
    return path(f"{verb.about.path}<int:pk>/{name.replace('_', '-')}/", page_of(verb), name=name)


urlpatterns: list[Any] = [
    path("blow/", blowing.blow, name="blow"),
    path("<int:pk>/draft/", blowing.draft, name="draft"),
    path("<int:pk>/dispatch/", sending.dispatch, name="dispatch"),
    path("<int:pk>/contact-log/", talking.contact_log, name="contact_log"),
    *(_path(name, verb) for name, verb in VERBS.items()),
]
