"""Entering organizations, their other names, and party organizations."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.folding import fold_name
from gongjian.registry.models import Account, Organization, OrganizationAlias, PartyOrganization, Place


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
        office=actor.office,
        name=name.strip(),
        kind=kind,
        short_name=short_name.strip(),
        credit_code=check_credit_code(credit_code) if credit_code else "",
        parent=parent,
        community=community,
        address=address,
        introduction=introduction,
        pinyin=_pinyin(name),
    )
    _save_once(organization, _("已经有叫“%(name)s”的单位，或这个信用代码已被登记。") % {"name": name})
    for alias in dict.fromkeys([organization.name, short_name.strip(), *aliases]):
        if alias:
            _add_alias(organization, alias)
    audit.record(actor, "registry.enter_organization", organization)
    return organization


@transaction.atomic
def add_alias(actor: Account, *, organization: Organization, name: str) -> OrganizationAlias:
    """Raises Conflict if another organization bears that name."""
    require(actor, "registry.edit_register")
    alias = _add_alias(organization, name)
    audit.record(actor, "registry.add_alias", organization, alias=name)
    return alias


def _add_alias(organization: Organization, name: str) -> OrganizationAlias:
    alias = OrganizationAlias(
        office_id=organization.office_id, organization=organization, name=name.strip(), folded=fold_name(name)
    )
    _save_once(alias, _("“%(name)s”已经是别的单位的名称。") % {"name": name})
    return alias


@transaction.atomic
def found_party_organization(actor: Account, *, name: str, kind: str, **details: Any) -> PartyOrganization:
    """`details`: parent, organization, place, founded. Raises Conflict if the name is taken."""
    require(actor, "registry.edit_register")
    party = PartyOrganization(office=actor.office, name=name.strip(), kind=kind, **details)
    _save_once(party, _("已经有叫“%(name)s”的党组织。") % {"name": name})
    audit.record(actor, "registry.found_party_organization", party)
    return party


def _save_once(thing: Any, sentence: str) -> None:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        raise Conflict(sentence, code="taken", field="name") from error


def _pinyin(name: str) -> str:
    """Full pinyin and initials, for ordering and for search by pinyin."""
    syllables = lazy_pinyin(name)
    return fold_name("".join(syllables)) + " " + "".join(syllable[:1] for syllable in syllables).lower()
