"""Every verb of staff as it is tried through the client: who does it to what, with which words, and where it cannot be done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.registry.tests.factories import make_community, make_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Escalation, Policy, Whistle
from gongjian.work.whistles.tests.factories import Cast, make_whistle

Make = Callable[[Cast], Any]


@dataclass(frozen=True)
class Try:
    """`ready` makes what it can be done to. `wrong` makes what it cannot; None: what it was done to already.

    `changes`: the state that the thing has afterwards, if it has one.
    """

    verb: str
    who: str
    ready: Make
    data: dict[str, Any] | Callable[[Cast, Any], dict[str, Any]] = field(default_factory=dict)
    changes: str = ""
    wrong: Make | None = None

    def words(self, cast: Cast, thing: Any) -> dict[str, Any]:
        return self.data(cast, thing) if callable(self.data) else self.data


def blown(cast: Cast) -> Whistle:
    return make_whistle()


def withdrawn(cast: Cast) -> Whistle:
    return services.withdraw(cast.clerk, whistle=make_whistle(), reason="误报")


def pending(cast: Cast) -> Whistle:
    Policy.objects.create(office=cast.office, approval_required=True)
    return services.blow_whistle(cast.worker, report=services.Report(text="楼道堆了杂物", place=cast.community))


def triaged(cast: Cast) -> Whistle:
    return services.triage(cast.clerk, whistle=make_whistle(), category=cast.category)


def at_work(cast: Cast) -> Whistle:
    return sent(cast).whistle


def sent(cast: Cast) -> Any:
    return cast.dispatched()


def support(cast: Cast) -> Any:
    whistle = at_work(cast)
    return services.call_in(cast.clerk, whistle=whistle, supporter=services.Sending(make_organization(cast.office)))


def objected(cast: Cast) -> Any:
    return services.object_to(cast.liaison, dispatch=sent(cast), reason="不归我们")


def accepted(cast: Cast) -> Any:
    return services.accept(cast.liaison, dispatch=sent(cast))


def reported(cast: Cast) -> Whistle:
    return cast.reported()


def verified(cast: Cast) -> Whistle:
    return services.verify(cast.worker, whistle=cast.reported(), solved=True)


def rated(cast: Cast) -> Whistle:
    return services.rate_by_link(AnonymousUser(), whistle=verified(cast), satisfaction="satisfied", solved=True, contacted=True)


def closed(cast: Cast) -> Whistle:
    return cast.closed()


def merged(cast: Cast) -> Whistle:
    return services.merge(cast.clerk, whistle=make_whistle("楼前垃圾堆了好几天"), into=make_whistle())


def asked(cast: Cast) -> Any:
    until = clock.now() + timedelta(days=20)
    return services.ask_pause(cast.clerk, whistle=make_whistle(), kind="suspend", reason="等产权单位", until=until)


def suspended(cast: Cast) -> Whistle:
    return services.decide_pause(cast.leader, pause=asked(cast), approved=True, words="同意").whistle


def overdue(cast: Cast) -> Escalation:
    whistle = make_whistle()
    with clock.set_to(whistle.blown_at + timedelta(hours=3)):
        services.check_clocks()
    return Escalation.objects.get(color=3)


def elsewhere(cast: Cast) -> Whistle:
    """What the account does not know of: as good as not there."""
    return make_whistle(place=make_community(cast.office))


def other(cast: Cast, thing: Any) -> dict[str, Any]:
    return {"into": "", "number": make_whistle("楼前垃圾堆了好几天").number}


def helper(cast: Cast, thing: Any) -> dict[str, Any]:
    return {"organization": make_organization(cast.office).name, "task": "派车", "amount": "2", "unit": "days"}


def lead(cast: Cast, thing: Any) -> dict[str, Any]:
    rows = {"rows-TOTAL_FORMS": "3", "rows-INITIAL_FORMS": "0"}
    return {"organization": cast.organization.name, **rows, "rows-1-organization": make_organization(cast.office).name}


def in_twenty_days(cast: Cast, thing: Any) -> dict[str, Any]:
    until = timezone.localtime(clock.now() + timedelta(days=20))
    return {"kind": "extend", "until": f"{until:%Y-%m-%dT%H:%M}", "reason": "等配件"}


REASON = {"reason": "现场不是这样"}
GOOD = {"satisfaction": "satisfied"}
CALL = {"means": "phone", "reached": "no", "words": "响铃无人接听"}
REVISIT = {"means": "phone", "valid": "yes", "contacted": "on", "solved": "on", **GOOD}

TRIES = [
    Try("approve", "leader", pending, changes="blown"),
    Try("send_back", "leader", pending, REASON, wrong=blown),
    Try("triage", "clerk", blown, {"category": "refuse"}, "triaged", wrong=withdrawn),
    Try("not_accept", "clerk", blown, {"reason": "secret", "words": "请找公证处"}, "not_accepted"),
    Try("withdraw", "worker", blown, REASON, "withdrawn"),
    Try("dispatch", "clerk", triaged, lead, "dispatched"),
    Try("call_in", "clerk", at_work, helper, wrong=blown),
    Try("recall", "clerk", support, REASON, "recalled"),
    Try("object", "liaison", sent, REASON, "objected"),
    Try("decide_objection", "leader", objected, {"well_founded": "no", "words": "首接负责"}, "sent"),
    Try("accept", "liaison", sent, changes="accepted"),
    Try("arrive", "liaison", accepted, changes="on_site"),
    Try("handle", "liaison", accepted, changes="handled"),
    Try("report_back", "liaison", accepted, {"outcome": "solved", "words": "清走了"}, "reported"),
    Try("contact", "liaison", at_work, CALL, wrong=closed),
    Try("verify", "worker", reported, {"solved": "yes"}, "verified"),
    Try("refuse", "worker", reported, REASON, "accepted"),
    Try("revisit", "worker", verified, REVISIT, "rated", wrong=blown),
    Try("rate_organization", "worker", reported, lambda cast, it: {"organization": cast.organization.pk, **GOOD}),
    Try("rate_community", "liaison", reported, GOOD),
    Try("close", "clerk", rated, changes="closed"),
    Try("reopen", "clerk", closed, REASON, "triaged"),
    Try("merge", "clerk", blown, other, "merged"),
    Try("unmerge", "clerk", merged, changes="triaged"),
    Try("split", "clerk", blown, {"texts": "三号楼路灯不亮了\n\n五号楼水管漏水了", "reason": "两件事"}, wrong=withdrawn),
    Try("ask_pause", "worker", blown, in_twenty_days),
    Try("decide_pause", "leader", asked, {"approved": "yes", "words": "同意"}, "approved"),
    Try("resume", "clerk", suspended),
    Try("take_up", "leader", overdue, {"instruction": "今天到场"}),
    Try("comment", "worker", blown, {"words": "请看照片", "public": "no"}, wrong=elsewhere),
]
