"""Accounts, roles and machine tokens. The system administrator makes accounts; the security administrator gives roles."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, ApiToken, Assignment, Office, Organization, Person, Place
from gongjian.registry.models.accounts import ADMINISTRATORS


@transaction.atomic
def open_account(
    actor: Account, *, username: str, name: str, password: str, email: str = "", person: Person | None = None
) -> Account:
    """Raises Invalid for a weak password, Conflict if the user name is taken."""
    require(actor, "registry.manage_accounts")
    account = add_account(actor.office, username=username, name=name, password=password, email=email, person=person)
    audit.record(actor, "registry.open_account", account)
    return account


def add_account(office: Office, *, username: str, name: str, password: str | None, **details: Any) -> Account:
    """The bare act, for setting up an installation; `password` None makes an account that nobody can sign in with."""
    account = Account(office=office, username=username.strip(), name=name.strip(), **details)
    if password is not None:
        _check_password(password, account)
    account.set_password(password)
    account.password_changed_at = clock.now()
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
    """The account can no longer sign in; what it did stays."""
    require(actor, "registry.manage_accounts")
    account.is_active = False
    account.save(update_fields=["is_active"])
    account.tokens.update(revoked_at=clock.now())
    audit.record(actor, "registry.close_account", account)
    return account


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
    assignment = add_role(account, role, community=community, organization=organization)
    audit.record(actor, "registry.grant_role", account, role=role)
    return assignment


def add_role(
    account: Account, role: str, *, community: Place | None = None, organization: Organization | None = None
) -> Assignment:
    """The bare act, for setting up an installation."""
    _check_separation(account, role)
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
    held = account.roles()
    if (role in ADMINISTRATORS and held) or held & ADMINISTRATORS:
        raise Invalid(
            _("系统、安全、审计三员分立：管理员账号不能再兼任其他角色。"), code="separation-of-administrators", field="role"
        )


@transaction.atomic
def end_role(actor: Account, *, assignment: Assignment) -> Assignment:
    require(actor, "registry.grant_roles")
    assignment.until = clock.now()
    assignment.save(update_fields=["until"])
    audit.record(actor, "registry.end_role", assignment.account, role=assignment.role)
    return assignment


@transaction.atomic
def issue_token(actor: Account, *, name: str, scopes: list[str], days: int = 90) -> tuple[ApiToken, str]:
    """A token that acts as `actor`, and its secret, shown only now. Raises Invalid for an unlikely lifetime."""
    require(actor, "registry.manage_own_tokens")
    if not 1 <= days <= 366:
        raise Invalid(_("令牌有效期为 1 到 366 天。"), code="days", field="days")
    secret = "gj_" + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=actor,
        name=name,
        secret_hash=hash_secret(secret),
        scopes=sorted(set(scopes)),
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
    )
    audit.record(actor, "registry.issue_token", token, scopes=token.scopes)
    return token, secret


@transaction.atomic
def revoke_token(actor: Account, *, token: ApiToken) -> ApiToken:
    require(actor, "registry.manage_own_tokens")
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    audit.record(actor, "registry.revoke_token", token)
    return token


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
