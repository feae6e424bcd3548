"""Entering and correcting organizations and their other names."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.pinyin import syllables
from gongjian.registry.folding import fold_name
from gongjian.registry.models import Account, Organization, OrganizationAlias, Place


def check_credit_code(code: str) -> str:
    """The compact unified social credit code (GB 32100-2015); raises Invalid if the checksum does not fit."""
    try:
        return str(uscc.validate(code))
    except ValidationError as error:
        raise Invalid(
            _("统一社会信用代码“%(code)s”不对：应为 18 位且末位校验相符，请对照证照核对。") % {"code": code},
            code="credit-code",
            field="credit_code",
        ) from error


@transaction.atomic
def enter_organization(
    actor: Account,
    *,
    name: str,
    kind: str,
    short_name: str = "",
    credit_code: str = "",
    parent: Organization | None = None,
    community: Place | None = None,
    address: str = "",
    introduction: str = "",
    aliases: tuple[str, ...] = (),
) -> Organization:
    """Raises Invalid for a wrong credit code, Conflict if a name or the code is taken by another organization."""
    require(actor, "registry.edit_register")
    organization = Organization(
        office=actor.office, kind=kind, parent=parent, community=community, address=address, introduction=introduction
    )
    _name(organization, name, short_name, credit_code)
    with pghistory.context(account=actor.pk):
        _save_organization(organization)
    _add_aliases(organization, [organization.name, organization.short_name, *aliases])
    audit.record(actor, "registry.enter_organization", organization)
    return organization


@transaction.atomic
def edit_organization(
    actor: Account,
    *,
    organization: Organization,
    name: str,
    short_name: str = "",
    credit_code: str = "",
    parent: Organization | None = None,
    **changes: Any,
) -> Organization:
    """`changes`: kind, community, address, introduction. A former name stays as an alias. Raises as entering does."""
    require(actor, "registry.edit_register", organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    _check_no_circle(organization, parent)
    organization.parent = parent
    for field, value in changes.items():
        setattr(organization, field, value)
    _name(organization, name, short_name, credit_code)
    with pghistory.context(account=actor.pk):
        _save_organization(organization)
    _add_aliases(organization, [organization.name, organization.short_name])
    audit.record(actor, "registry.edit_organization", organization)
    return organization


@transaction.atomic
def add_alias(actor: Account, *, organization: Organization, name: str) -> OrganizationAlias:
    """Raises Conflict if any organization bears that name already."""
    require(actor, "registry.edit_register", organization)
    alias = _add_alias(organization, name)
    audit.record(actor, "registry.add_alias", organization, alias=alias.name)
    return alias


def _name(organization: Organization, name: str, short_name: str, credit_code: str) -> None:
    if not fold_name(name):
        raise Invalid(_("请写单位的全称。"), code="name-missing", field="name")
    organization.name, organization.short_name = name.strip(), short_name.strip()
    organization.credit_code = check_credit_code(credit_code) if credit_code.strip() else ""
    organization.pinyin = _pinyin(organization.name)


def _check_no_circle(organization: Organization, parent: Organization | None) -> None:
    above = parent
    while above is not None:
        if above.pk == organization.pk:
            raise Invalid(_("上级单位不能是它自己或它的下属。"), code="circle", field="parent")
        above = above.parent


def _save_organization(organization: Organization) -> None:
    """Raises Conflict beside the field that is taken."""
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError as error:
        if "organization_credit_code_once" in str(error):
            raise Conflict(_("这个信用代码已被别的单位登记。"), code="taken", field="credit_code") from error
        sentence = _("已经有叫“%(name)s”的单位。") % {"name": organization.name}
        raise Conflict(sentence, code="taken", field="name") from error


def _add_aliases(organization: Organization, names: Iterable[str]) -> None:
    """Each name once, whatever its width and spaces; those it bears already stay."""
    known = set(organization.aliases.values_list("folded", flat=True))
    for folded, name in {fold_name(name): name for name in names}.items():
        if folded and folded not in known:
            _add_alias(organization, name)


def _add_alias(organization: Organization, name: str) -> OrganizationAlias:
    alias = OrganizationAlias(
        office_id=organization.office_id, organization=organization, name=name.strip(), folded=fold_name(name)
    )
    if not alias.folded:
        raise Invalid(_("请写别名。"), code="name-missing", field="name")
    try:
        with transaction.atomic():
            alias.save()
    except IntegrityError as error:
        sentence = _("“%(name)s”已经登记为一个单位的名称。") % {"name": alias.name}
        raise Conflict(sentence, code="taken", field="name") from error
    return alias


def _pinyin(name: str) -> str:
    """Full pinyin and initials, for ordering and for search by pinyin."""
    read = syllables(name)
    return (fold_name("".join(read)) + " " + "".join(syllable[:1] for syllable in read).lower())[:400]
