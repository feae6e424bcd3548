"""Powers of attorney: given in writing, revoked at any time."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account
from gongjian.work.projects.voting.models import Owner, Proxy, Vote


@transaction.atomic
def record_proxy(actor: Account, *, vote: Vote, owner: Owner, name: str, given_at: datetime, scan: Any = None) -> Proxy:
    """Raises Conflict where another power of this owner still holds."""
    require(actor, "voting.keep", vote)
    _check_running(vote)
    if owner.vote_id != vote.pk:
        raise Invalid(_("名册里没有这位业主。"), code="owner", field="owner")
    if not name.strip() or name.strip() == owner.name:
        raise Invalid(_("请写受托人的名字，不能是业主自己。"), code="name", field="name")
    if given_at > clock.now():
        raise Invalid(_("委托的时间还没有到。"), code="future", field="given_at")
    evidence = take_in_evidence(actor, file=scan, caption=f"委托书：{name.strip()}") if scan else None
    proxy = Proxy(vote=vote, owner=owner, name=name.strip(), given_at=given_at, scan=evidence)
    proxy.recorded_by, proxy.recorded_at = actor, clock.now()
    try:
        with transaction.atomic():
            proxy.save()
    except IntegrityError as error:
        raise Conflict(_("这位业主已经委托了别人，先撤回才能换人。"), code="proxy-known", field="owner") from error
    audit.record(actor, "voting.record_proxy", vote)
    return proxy


@transaction.atomic
def revoke_proxy(actor: Account, *, proxy: Proxy) -> Proxy:
    """What was cast before still counts. Raises Conflict the second time."""
    require(actor, "voting.keep", proxy.vote)
    proxy = Proxy.objects.select_for_update(of=("self",)).select_related("vote__place", "owner").get(pk=proxy.pk)
    _check_running(proxy.vote)
    if proxy.revoked_at is not None:
        raise Conflict(_("这份委托已经撤回了。"), code="wrong-state")
    proxy.revoked_at, proxy.revoked_by = clock.now(), actor
    proxy.save()
    audit.record(actor, "voting.revoke_proxy", proxy.vote)
    return proxy


def _check_running(vote: Vote) -> None:
    if vote.state not in (Vote.State.DRAFT, Vote.State.OPEN):
        raise Conflict(_("表决已经锁定，委托不能再变。"), code="wrong-state")
