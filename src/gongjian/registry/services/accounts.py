"""Accounts. The system administrator opens and closes them; what they may do is the security administrator's (`roles`)."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Office, Person, Role
from gongjian.registry.services.passwords import keep_password, make_temporary_password
from gongjian.registry.services.roles import check_not_last


@transaction.atomic
def open_account(
    actor: Account, *, username: str, name: str, email: str = "", person: Person | None = None
) -> tuple[Account, str]:
    """The account and its temporary password, shown only now, to be changed at the first sign-in. Raises Conflict."""
    require(actor, "registry.manage_accounts")
    password = make_temporary_password()
    account = add_account(actor.office, username=username, name=name, password=password, email=email, person=person)
    Account.objects.filter(pk=account.pk).update(password_changed_at=None)
    audit.record(actor, "registry.open_account", account)
    return account, password


def add_account(office: Office, *, username: str, name: str, password: str | None, **details: Any) -> Account:
    """The bare act, for setting up an installation; `password` None makes an account that nobody can sign in with."""
    account = Account(office=office, username=username.strip(), name=name.strip(), **details)
    if not account.username or not account.name:
        raise Invalid(_("用户名和显示名都要填。"), code="name-missing", field="username")
    if password is not None:
        _check_password(password, account)
    account.set_password(password)
    account.password_changed_at = timezone.now()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Conflict(_("用户名“%(name)s”已经有人用了。") % {"name": username}, code="taken", field="username") from error
    return account


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), code="password", field="password") from error


@transaction.atomic
def close_account(actor: Account, *, account: Account) -> Account:
    """It can no longer sign in, its sessions and tokens end, what it did stays. Raises Conflict for the last of its kind."""
    require(actor, "registry.manage_accounts")
    _check_same_office(actor, account)
    if account.pk == actor.pk:
        raise Conflict(_("不能停用自己的账号，请另一位系统管理员来办。"), code="own-account")
    for role in account.roles() & {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}:
        check_not_last(account, role)
    account.is_active = False
    account.save(update_fields=["is_active"])
    account.tokens.filter(revoked_at=None).update(revoked_at=clock.now())
    audit.record(actor, "registry.close_account", account)
    return account


@transaction.atomic
def reopen_account(actor: Account, *, account: Account) -> Account:
    require(actor, "registry.manage_accounts")
    _check_same_office(actor, account)
    account.is_active = True
    account.save(update_fields=["is_active"])
    audit.record(actor, "registry.reopen_account", account)
    return account


@transaction.atomic
def reset_password(actor: Account, *, account: Account) -> str:
    """A temporary password, shown only now; it lifts a lock, too. A second factor stays and keeps its door shut."""
    require(actor, "registry.manage_accounts")
    _check_same_office(actor, account)
    password = make_temporary_password()
    keep_password(account, password, temporary=True)
    audit.record(actor, "registry.reset_password", account)
    return password


def _check_same_office(actor: Account, account: Account) -> None:
    if account.office_id != actor.office_id:
        raise Missing(_("没有这个账号。"))
