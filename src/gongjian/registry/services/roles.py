"""Roles, given and ended by the security administrator."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Assignment, Organization, Place, Role
from gongjian.registry.models.accounts import ADMINISTRATORS


@transaction.atomic
def grant_role(
    actor: Account,
    *,
    account: Account,
    role: str,
    community: Place | None = None,
    organization: Organization | None = None,
) -> Assignment:
    """Raises Invalid where two administrators' roles would meet, or the scope does not fit the role."""
    require(actor, "registry.grant_roles")
    _check_same_office(actor, account)
    assignment = add_role(account, role, community=community, organization=organization)
    audit.record(actor, "registry.grant_role", account, role=role, where=str(community or organization or ""))
    return assignment


@transaction.atomic
def add_role(
    account: Account, role: str, *, community: Place | None = None, organization: Organization | None = None
) -> Assignment:
    """The bare act, for setting up an installation. The account's row is locked while its other roles are looked at."""
    _check_separation(Account.objects.select_for_update().get(pk=account.pk), role)
    assignment = Assignment(account=account, role=role, community=community, organization=organization, since=clock.now())
    try:
        with transaction.atomic():
            assignment.save()
    except IntegrityError as error:
        raise Invalid(
            _("这个角色要么已经有了，要么范围不对：社区工作者须指定社区，单位联络员须指定单位，其余角色不填。"),
            code="role-scope",
            field="role",
        ) from error
    account.__dict__.pop("active_assignments", None)
    return assignment


def _check_separation(account: Account, role: str) -> None:
    if role not in Role.values:
        raise Invalid(_("没有这个角色。"), code="role", field="role")
    held = account.roles()
    if (role in ADMINISTRATORS and held) or held & ADMINISTRATORS:
        raise Invalid(
            _("系统、安全、审计三员分立：管理员账号不能再兼任其他角色。"), code="separation-of-administrators", field="role"
        )


@transaction.atomic
def end_role(actor: Account, *, assignment: Assignment) -> Assignment:
    """Raises Conflict if it has ended already, or if the office would be left without that administrator."""
    require(actor, "registry.grant_roles")
    _check_same_office(actor, assignment.account)
    if assignment.until is not None:
        raise Conflict(_("这个角色已经解除了。"), code="ended")
    if assignment.role in ADMINISTRATORS:
        check_not_last(assignment.account, assignment.role)
    assignment.until = clock.now()
    assignment.save(update_fields=["until"])
    assignment.account.__dict__.pop("active_assignments", None)
    audit.record(actor, "registry.end_role", assignment.account, role=assignment.role)
    return assignment


def check_not_last(account: Account, role: str) -> None:
    """Raises Conflict if nobody else in the office holds `role`: then nobody could mend it from within."""
    others = Assignment.objects.filter(
        account__office=account.office_id, account__is_active=True, role=role, until__isnull=True
    ).exclude(account=account)
    if not others.exists():
        raise Conflict(_("这是最后一位%(role)s，先指定另一位再来。") % {"role": Role(role).label}, code="last-administrator")


@transaction.atomic
def reset_second_factor(actor: Account, *, account: Account) -> None:
    """For somebody who lost phone and recovery codes. Not the system administrator's, who could then take over an account."""
    from allauth.mfa.models import Authenticator

    require(actor, "registry.grant_roles")
    _check_same_office(actor, account)
    Authenticator.objects.filter(user=account).delete()
    audit.record(actor, "registry.reset_second_factor", account)


def _check_same_office(actor: Account, account: Account) -> None:
    if account.office_id != actor.office_id:
        raise Missing(_("没有这个账号。"))
