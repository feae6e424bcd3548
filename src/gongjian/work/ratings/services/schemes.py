"""Making a scheme, editing what it says, putting it away."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.basis import check_nature, check_words
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.ratings.models import Scheme, SchemeVersion, Subject
from gongjian.work.ratings.scoring.blueprint import Blueprint
from gongjian.work.ratings.scoring.checking import check
from gongjian.work.ratings.services.words import said

EDITABLE = (
    "title",
    "about",
    "nature",
    "approving_body",
    "basis_number",
    "basis_is_sample",
    "is_example",
    "notice_workdays",
)


@transaction.atomic
def make_scheme(
    actor: Account, *, title: str, subject: str, nature: str, blueprint: Blueprint | None = None, **details: Any
) -> Scheme:
    """`details`: the other EDITABLE fields. Begins with `blueprint`, or with nothing.

    Raises Invalid where the basis gate refuses, Conflict if there is one of this title.
    """
    require(actor, "ratings.manage")
    if subject not in Subject.values:
        raise Invalid(_("请选评的是谁。"), code="subject", field="subject")
    scheme = Scheme(office=actor.office, subject=subject, made_at=clock.now(), made_by=actor)
    _set(scheme, {"title": title, "nature": nature, **details})
    blueprint = blueprint or Blueprint()
    check_scheme(scheme, blueprint)
    check(blueprint)
    _save(scheme)
    SchemeVersion.objects.create(scheme=scheme, number=1, content=blueprint.as_json(), saved_at=clock.now(), saved_by=actor)
    audit.record(actor, "ratings.make_scheme", scheme)
    return scheme


@transaction.atomic
def edit_scheme(actor: Account, *, scheme: Scheme, **changes: Any) -> Scheme:
    """Whom it rates stands once it is there. Raises Conflict for one that was put away."""
    require(actor, "ratings.manage")
    scheme = hold(scheme)
    before = {name: str(getattr(scheme, name)) for name in changes if name in EDITABLE}
    _set(scheme, changes)
    check_scheme(scheme, current_version(scheme).blueprint)
    _save(scheme)
    audit.record(actor, "ratings.edit_scheme", scheme, before=before)
    return scheme


@transaction.atomic
def change_blueprint(
    actor: Account, *, scheme: Scheme, change: Callable[[Blueprint], Blueprint], number: int | None = None
) -> SchemeVersion:
    """Into the current version while no round uses it, else as a new one.

    `number`: the version that was looked at; raises Conflict if somebody has begun a newer one meanwhile.
    """
    require(actor, "ratings.manage")
    scheme = hold(scheme)
    current = current_version(scheme)
    if number is not None and number != current.number:
        raise Conflict(_("别人刚存了新的一版，请看过再改。"), code="newer-version")
    blueprint = change(current.blueprint)
    check_scheme(scheme, blueprint)
    check(blueprint)
    if current.in_use:
        current = SchemeVersion(scheme=scheme, number=current.number + 1)
    current.content, current.saved_at, current.saved_by = blueprint.as_json(), clock.now(), actor
    current.save()
    audit.record(actor, "ratings.save_blueprint", scheme, version=current.number)
    return current


@transaction.atomic
def close_scheme(actor: Account, *, scheme: Scheme) -> Scheme:
    """No new round begins; what was published stays."""
    require(actor, "ratings.manage")
    scheme = hold(scheme)
    scheme.closed_at = clock.now()
    scheme.save(update_fields=["closed_at"])
    audit.record(actor, "ratings.close_scheme", scheme)
    return scheme


def hold(scheme: Scheme) -> Scheme:
    """The row, held: two clerks at once wait for each other. Raises Conflict for one that was put away."""
    held = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if held.closed_at:
        raise Conflict(_("这个办法已经停用了。"), code="closed")
    return held


def current_version(scheme: Scheme) -> SchemeVersion:
    found: SchemeVersion = SchemeVersion.objects.filter(scheme=scheme).order_by("-number")[0]
    return found


def check_scheme(scheme: Scheme, blueprint: Blueprint) -> None:
    """Raises Invalid for what cannot be, and for what may not be said without a basis: in titles and in the indicators."""
    said(scheme.title, _("请写名称。"), field="title", most=40)
    check_nature(nature=scheme.nature, approving_body=scheme.approving_body, basis_number=scheme.basis_number)
    if scheme.notice_workdays < 1:
        raise Invalid(_("公示至少 1 个工作日。"), code="workdays", field="notice_workdays")
    for field in ("title", "about"):
        check_words(getattr(scheme, field), has_basis=scheme.has_basis, field=field)
    for name in (*(d.name for d in blueprint.dimensions), *(i.name for i in blueprint.indicators())):
        check_words(name, has_basis=scheme.has_basis, field="name")


def _set(scheme: Scheme, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in EDITABLE:
            raise TypeError(f"{name} is not a field that can be set")
        setattr(scheme, name, value.strip() if isinstance(value, str) else value)


def _save(scheme: Scheme) -> None:
    try:
        with transaction.atomic():
            scheme.save()
    except IntegrityError as error:
        raise Conflict(_("已经有叫“%(title)s”的办法了。") % {"title": scheme.title}, code="taken", field="title") from error
