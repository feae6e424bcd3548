"""A month of whistles up to now: who said what, and how far each has come. All invented; see demo/whistles.toml."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zlib import crc32

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gongjian.demo.facts import Facts, read
from gongjian.kernel import clock
from gongjian.kernel.notifications.services import add_channel, mark_all_read
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Category, Dispatch, Whistle

STEPS = ("triage", "dispatch", "accept", "contact", "arrive", "handle", "report", "verify", "rate", "close")
OUTLOOK_HOURS = 6
STRANGER = AnonymousUser()
Act = Callable[[], Any]


@dataclass(frozen=True)
class Happens:
    at: datetime
    act: Act


class Story:
    """One whistle of the file, and the whistle that comes of it."""

    def __init__(self, facts: Facts, office: Office, now: datetime) -> None:
        self.facts, self.office = facts, office
        self.begins = now - timedelta(days=facts["age"])
        self.pace = timedelta(hours=facts.get("pace", 5))
        self.place = Place.objects.select_related("parent").get(code=facts["place"])
        self.community = self.place if self.place.level == "community" else self.place.parent
        self.whistle: Whistle | None = None

    def happenings(self) -> Iterator[Happens]:
        until = self.facts["until"]
        yield Happens(self.begins, getattr(self, until if until in ("draft", "pending") else "blow"))
        at = self.begins
        for step in STEPS[: STEPS.index(until) + 1] if until in STEPS else ():
            at += self.pace * (0.4 + crc32(f"{self.facts['text']}{step}".encode()) % 100 / 90)
            yield Happens(at, getattr(self, step))
        if turn := self.facts.get("turn"):
            yield Happens(at + self.pace / 2, getattr(self, turn))
        for voice in range(self.facts.get("voices", 1) - 1):
            yield Happens(self.begins + timedelta(minutes=40 * (voice + 1)), partial(self.join, voice))

    # Who acts.

    def account(self, username: str) -> Account:
        return Account.objects.get(username=username)

    @property
    def clerk(self) -> Account:
        return self.account("clerk")

    @property
    def worker(self) -> Account:
        assert self.community is not None
        return self.account(f"community-{self.community.code[-3:]}")

    def unit(self) -> Organization:
        if self.facts.get("committee"):
            return Organization.objects.get(kind=Organization.Kind.COMMITTEE, community=self.community)
        return _unit(self.facts["lead"])

    def handler(self) -> Account:
        return self.worker if self.facts.get("committee") else self.clerk

    def now(self) -> Whistle:
        assert self.whistle is not None
        return Whistle.objects.get(pk=self.whistle.pk)

    def lead(self) -> Dispatch:
        found: Dispatch = self.now().dispatches.exclude(state="recalled").get(part="lead")
        return found

    # What happens, named as in the file.

    def report_(self) -> services.Report:
        latitude, longitude = _nearby(self.community, self.facts["text"])
        return services.Report(
            text=self.facts["text"], place=self.place, spot=self.facts["spot"], latitude=latitude, longitude=longitude
        )

    def draft(self) -> None:
        self.whistle = services.save_draft(self.worker, report=self.report_())

    def pending(self) -> None:
        self.whistle = services.blow_whistle(self.worker, report=self.report_())

    def blow(self) -> None:
        source = self.facts["source"]
        if source in ("staff", "patrol"):
            self.whistle = services.blow_whistle(self.clerk, report=self.report_(), source=source)
        else:
            self.whistle = services.take_in(STRANGER, office=self.office, report=self.report_(), source=source)

    def join(self, number: int) -> None:
        services.join(STRANGER, whistle=self.now(), visitor=f"demo-{self.facts['text']}-{number}")

    def triage(self) -> None:
        services.triage(self.clerk, whistle=self.now(), category=Category.objects.get(code=self.facts["category"]))

    def dispatch(self) -> None:
        supporters = [services.Sending(_unit(key), "到场配合") for key in self.facts.get("supporters", ())]
        services.dispatch(self.clerk, whistle=self.now(), lead=services.Sending(self.unit()), supporters=supporters)

    def accept(self) -> None:
        for sent in self.now().dispatches.filter(state="sent"):
            services.accept(self.handler(), dispatch=sent)

    def contact(self) -> None:
        services.log_contact(self.handler(), whistle=self.now(), means="phone", reached=True, words="已联系，约好上门的时间。")

    def arrive(self) -> None:
        services.arrive(self.handler(), dispatch=self.lead(), words="到了现场，情况属实。")

    def handle(self) -> None:
        services.handle(self.handler(), dispatch=self.lead())

    def report(self) -> None:
        outcome = self.facts.get("outcome", "solved")
        for sent in self.now().dispatches.filter(state__in=Dispatch.WAITING).order_by("-part"):
            words = "已办好，现场已清理。" if outcome == "solved" else "条件还不成熟，已说明原因，下月再议。"
            services.report(self.handler(), dispatch=sent, outcome=outcome, words=words)

    def verify(self) -> None:
        services.verify(self.worker, whistle=self.now(), solved=self.facts.get("solved", True), words="现场看过了。")

    def rate(self) -> None:
        says, solved = self.facts.get("says", "satisfied"), self.facts.get("solved", True)
        services.rate_by_link(STRANGER, whistle=self.now(), satisfaction=says, solved=solved, contacted=True)
        for sent in self.now().dispatches.filter(state="reported").select_related("organization"):
            services.rate_organization(self.worker, whistle=self.now(), organization=sent.organization, satisfaction=says)

    def close(self) -> None:
        services.close(self.clerk, whistle=self.now())

    # Turns.

    def merge(self) -> None:
        same = Whistle.objects.filter(spot=self.facts["spot"], place=self.place).exclude(pk=self.now().pk)
        services.merge(self.clerk, whistle=self.now(), into=same.exclude(state="closed").latest("received_at"))

    def objected(self) -> None:
        services.object_to(self.clerk, dispatch=self.lead(), reason="楼内管道归物业维护，应由物业先查。")

    def not_accepted(self) -> None:
        words = "法院正在审理，请等判决；需要法律援助，可以到司法所。"
        services.not_accept(self.clerk, whistle=self.now(), reason="in_proceedings", words=words)

    def withdrawn(self) -> None:
        services.withdraw(STRANGER, whistle=self.now(), reason="已经有人在修了", by_reporter=True)

    def extend(self) -> None:
        self._pause("extend", "材料要下周才到", timedelta(days=15))

    def suspend(self) -> None:
        self._pause("suspend", "等房屋安全鉴定的结论", timedelta(days=20))

    def _pause(self, kind: str, reason: str, span: timedelta) -> None:
        asked = services.ask_pause(self.clerk, whistle=self.now(), kind=kind, reason=reason, until=clock.now() + span)
        services.decide_pause(self.account("leader"), pause=asked, approved=True, words="同意，请向居民说明。")

    def reopen(self) -> None:
        services.reopen(self.clerk, whistle=self.now(), reason="又下了一场雨，还是漏。")


def stories(office: Office) -> list[Happens]:
    """Everything that happened in the month up to now, in the order of time."""
    now = timezone.now()
    told = [Story(facts, office, now) for facts in read("whistles")["whistle"]]
    begins = min(story.begins for story in told)
    runs = int((now - begins) / timedelta(hours=OUTLOOK_HOURS))
    looks = [Happens(begins + timedelta(hours=OUTLOOK_HOURS * n), services.check_clocks) for n in range(1, runs + 1)]
    reads = Happens(now - timedelta(hours=18), _read_notices)
    happens = [*(event for story in told for event in story.happenings()), *looks, reads]
    return sorted((event for event in happens if event.at < now), key=lambda event: event.at)


def play(event: Happens) -> None:
    with clock.set_to(event.at):
        event.act()


def _read_notices() -> None:
    """Yesterday everybody looked through what the bell had."""
    for account in Account.objects.filter(notices__read_at__isnull=True).distinct():
        mark_all_read(account)


def _unit(key: str) -> Organization:
    name = next(unit["name"] for unit in read("whistles")["unit"] if unit["key"] == key)
    found = find_organization(name)
    assert found is not None, name
    return found


def _nearby(community: Place | None, text: str) -> tuple[Decimal | None, Decimal | None]:
    """Some way from the middle of the community, always the same for the same text."""
    if community is None or community.latitude is None or community.longitude is None:
        return None, None
    seed = crc32(text.encode())
    north, east = Decimal(seed % 201 - 100) / 100_000, Decimal(seed // 201 % 201 - 100) / 100_000
    return community.latitude + north, community.longitude + east


def set_up_channels() -> None:
    """What the leader and the invented unit are told is also written into a file, where that is allowed."""
    for username in ("leader", "unit") if settings.NOTIFICATIONS_FILE else ():
        account = Account.objects.get(username=username)
        if not account.channels.exists():
            add_channel(account, owner=account, name="演示：写入文件", url="file://")
