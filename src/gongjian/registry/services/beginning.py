"""The first accounts of an office: the three administrators, from whom everything else follows on the pages."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.registry.models import Account, Office
from gongjian.registry.models.accounts import ADMINISTRATORS
from gongjian.registry.services.accounts import add_account
from gongjian.registry.services.passwords import make_temporary_password
from gongjian.registry.services.roles import add_role


@transaction.atomic
def begin(
    office: Office, *, administrators: Mapping[str, tuple[str, str]], hostnames: Sequence[str] = (), telephone: str = ""
) -> list[tuple[Account, str]]:
    """`administrators`: username and name of each role. Returns them with temporary passwords, shown only now.

    By the operator of the installation, inside the office's scope. Raises Conflict where there are accounts already.
    """
    if Account.objects.filter(office=office).exists():
        raise Conflict(_("“%(office)s”已经有账号了：其余的由系统管理员在页面上开。") % {"office": office}, code="begun")
    if set(administrators) != ADMINISTRATORS:
        raise Invalid(_("系统、安全、审计三个管理员都要有，一个都不能少。"), code="administrators")
    office.hostnames, office.telephone = list(hostnames) or office.hostnames, telephone or office.telephone
    office.save(update_fields=["hostnames", "telephone"])
    return [_open(office, role, *administrators[role]) for role in sorted(administrators)]


def _open(office: Office, role: str, username: str, name: str) -> tuple[Account, str]:
    password = make_temporary_password()
    account = add_account(office, username=username, name=name, password=password)
    Account.objects.filter(pk=account.pk).update(password_changed_at=None)
    add_role(account, role)
    audit.record(None, "registry.open_account", account)
    return account, password
