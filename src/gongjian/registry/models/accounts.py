"""Accounts, and the roles they hold somewhere."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.kept import stamped
from gongjian.registry.models.organizations import Organization
from gongjian.registry.models.people import Person
from gongjian.registry.models.places import Office, Place


class Role(models.TextChoices):
    RESIDENT = "resident", _("居民")
    VOLUNTEER = "volunteer", _("志愿者")
    COMMUNITY_WORKER = "community_worker", _("社区工作者")
    UNIT_LIAISON = "unit_liaison", _("单位联络员")
    OFFICE_CLERK = "office_clerk", _("街道工作人员")
    OFFICE_LEADER = "office_leader", _("街道领导")
    AUDITOR = "auditor", _("审计监督")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理员")
    SECURITY_ADMINISTRATOR = "security_administrator", _("安全管理员")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("审计管理员")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""GB/T 22239: three separate administrators; one account never holds two of these roles."""


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """Who signs in. There is no superuser: what an account may do follows from its assignments."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="accounts", verbose_name=_("街道"))
    username = models.CharField(_("用户名"), max_length=60, unique=True)
    name = models.CharField(_("显示名"), max_length=40)
    email = models.EmailField(_("邮箱"), blank=True)
    person = models.OneToOneField(Person, models.SET_NULL, null=True, blank=True, verbose_name=_("人员"))
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    password_changed_at = models.DateTimeField(
        _("改密时间"), null=True, blank=True, help_text=_("空：密码是别人设的，须先改。")
    )
    former_passwords = ArrayField(models.CharField(max_length=128), default=list, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False
    is_superuser = False

    objects = AccountManager()

    class Meta:
        verbose_name = _("账号")
        triggers = stamped("registry.Account", "office_id", "username", "name", "email", "person_id", "is_active")
        constraints = [models.UniqueConstraint(models.functions.Lower("username"), name="username_once")]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, permission: str, thing: Any = None) -> bool:
        from gongjian.kernel.permissions import may

        return self.is_active and may(self, permission, thing)

    @cached_property
    def active_assignments(self) -> list["Assignment"]:
        """The roles held today; read once per request."""
        return list(self.assignments.filter(until__isnull=True).select_related("community", "organization"))

    def roles(self) -> set[str]:
        return {assignment.role for assignment in self.active_assignments}

    def holds(self, *roles: str) -> bool:
        return not self.roles().isdisjoint(roles)

    def community_paths(self) -> list[str]:
        """Paths of the communities the account works in; see `Place.path`."""
        return [a.community.path for a in self.active_assignments if a.community]

    def organization_ids(self) -> set[int]:
        return {a.organization_id for a in self.active_assignments if a.organization_id}


@pghistory.track()
class Assignment(models.Model):
    """A role that an account holds: for the whole office, for one community, or for one organization."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="assignments", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=24, choices=Role)
    community = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("社区"))
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, verbose_name=_("单位"))
    since = models.DateTimeField(_("起"))
    until = models.DateTimeField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        triggers = stamped("registry.Assignment")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "community", "organization"],
                condition=models.Q(until__isnull=True),
                nulls_distinct=False,
                name="assignment_once",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(role="community_worker", community__isnull=False, organization__isnull=True)
                    | models.Q(role="unit_liaison", community__isnull=True, organization__isnull=False)
                    | (
                        ~models.Q(role__in=["community_worker", "unit_liaison"])
                        & models.Q(community__isnull=True, organization__isnull=True)
                    )
                ),
                name="assignment_scope_fits_role",
            ),
        ]

    def __str__(self) -> str:
        where = self.community or self.organization
        return f"{self.get_role_display()} {where or ''}".strip()


class ApiToken(models.Model):
    """A key for machines: acts as its account, limited to its scopes. Only a hash of the secret is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens", verbose_name=_("账号"))
    name = models.CharField(_("用途"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("范围"), default=list)
    created_at = models.DateTimeField(_("建立时间"))
    expires_at = models.DateTimeField(_("到期"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        triggers = stamped("registry.ApiToken", "account_id", "secret_hash", "scopes", "expires_at", "revoked_at")

    def __str__(self) -> str:
        return self.name
