"""Editing what a scheme says, one piece at a time."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.ratings.forms.blueprints import DimensionForm, IndicatorForm, LevelForm, indicator_from
from gongjian.work.ratings.models import SchemeVersion
from gongjian.work.ratings.scoring.blueprint import Dimension, Indicator, StarLevel
from gongjian.work.ratings.selectors.schemes import current_version, get_scheme
from gongjian.work.ratings.services import blueprints as services
from gongjian.work.ratings.views.acting import act_page, posted


@page("ratings.manage")
def add_dimension(request: OfficeRequest, pk: int) -> HttpResponse:
    return _dimension(request, _version(pk), None)


@page("ratings.manage")
def dimension(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    version = _version(pk)
    return _dimension(request, version, _there(version.blueprint.dimension(code)))


def _dimension(request: OfficeRequest, version: SchemeVersion, was: Dimension | None) -> HttpResponse:
    return _page(
        request,
        version,
        DimensionForm(posted(request), initial={"name": was.name if was else ""}),
        lambda values: services.put_dimension(request.user, version=version, code=was.code if was else "", name=values["name"]),
        title=_("修改方面") if was else _("加一个方面"),
        remove=reverse("ratings:remove_dimension", args=[version.scheme.pk, was.code]) if was else "",
        remove_words=_("它的指标和各星级对它的要求一起删掉。"),
    )


@page("ratings.manage", methods=("POST",))
def remove_dimension(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    version = _version(pk)
    act = lambda values: services.remove_dimension(request.user, version=version, code=code)  # noqa: E731
    return _page(request, version, ServiceForm(request.POST), act, title=_("删除方面"))


@page("ratings.manage")
def add_indicator(request: OfficeRequest, pk: int, dimension: str) -> HttpResponse:
    return _indicator(request, _version(pk), None, dimension)


@page("ratings.manage")
def indicator(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    version = _version(pk)
    return _indicator(request, version, _there(version.blueprint.indicator(code)))


def _indicator(request: OfficeRequest, version: SchemeVersion, was: Indicator | None, dimension: str = "") -> HttpResponse:
    form = IndicatorForm(
        posted(request), blueprint=version.blueprint, indicator=was, initial={"dimension": dimension} if dimension else {}
    )

    def act(values: dict[str, Any]) -> SchemeVersion:
        typed = indicator_from(values, was.code if was else "")
        return services.put_indicator(request.user, version=version, dimension=values["dimension"], indicator=typed)

    return _page(
        request,
        version,
        form,
        act,
        title=_("修改指标") if was else _("加一条指标"),
        remove=reverse("ratings:remove_indicator", args=[version.scheme.pk, was.code]) if was else "",
        remove_words=_("删掉以后不再计分；用过的版本里还在。"),
    )


@page("ratings.manage", methods=("POST",))
def remove_indicator(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    version = _version(pk)
    act = lambda values: services.remove_indicator(request.user, version=version, code=code)  # noqa: E731
    return _page(request, version, ServiceForm(request.POST), act, title=_("删除指标"))


@page("ratings.manage")
def add_level(request: OfficeRequest, pk: int) -> HttpResponse:
    return _level(request, _version(pk), None)


@page("ratings.manage")
def level(request: OfficeRequest, pk: int, stars: int) -> HttpResponse:
    version = _version(pk)
    was = _there(next((one for one in version.blueprint.levels if one.stars == stars), None))
    return _level(request, version, was)


def _level(request: OfficeRequest, version: SchemeVersion, was: StarLevel | None) -> HttpResponse:
    form = LevelForm(posted(request), blueprint=version.blueprint, level=was)
    return _page(
        request,
        version,
        form,
        lambda values: services.put_level(request.user, version=version, level=form.level(values)),
        title=_("几星要多少分"),
        remove=reverse("ratings:remove_level", args=[version.scheme.pk, was.stars]) if was else "",
        remove_words=_("删掉以后不再评这一级。"),
    )


@page("ratings.manage", methods=("POST",))
def remove_level(request: OfficeRequest, pk: int, stars: int) -> HttpResponse:
    version = _version(pk)
    act = lambda values: services.remove_level(request.user, version=version, stars=stars)  # noqa: E731
    return _page(request, version, ServiceForm(request.POST), act, title=_("删除星级"))


def _version(pk: int) -> SchemeVersion:
    return current_version(get_scheme(pk))


def _there(found: Any) -> Any:
    """Raises Missing."""
    if found is None:
        raise Missing(_("办法里已经没有这一条了。"))
    return found


def _page(request: OfficeRequest, version: SchemeVersion, form: ServiceForm, act: Any, **words: Any) -> HttpResponse:
    shown = {"remove": "", "remove_words": "", "submit": _("存下"), **words}
    return act_page(
        request,
        form,
        act,
        template="ratings/piece.html",
        back=reverse("ratings:scheme", args=[version.scheme.pk]),
        back_label=version.scheme.title,
        done=_("存好了。"),
        in_use=version.in_use,
        **shown,
    )
