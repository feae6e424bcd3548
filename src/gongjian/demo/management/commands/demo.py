"""`gongjian demo` plays the neighborhood; see gongjian.operations.demo for what stands around it."""

import os
from collections.abc import Callable, Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse
from django_scopes import scope
from rich.progress import Progress

from gongjian.demo import care, goods, inspections, projects, venue_use, weekend, whistles
from gongjian.demo.campaign import campaign_events, published_campaign
from gongjian.demo.cobuilding import recently_signed
from gongjian.demo.facts import read
from gongjian.demo.neighborhood import set_up
from gongjian.demo.ratings import rate_this_year, rating_events
from gongjian.demo.three_lists import Story
from gongjian.demo.volunteering import duty_events
from gongjian.demo.year import events, play_event
from gongjian.registry.models import Office
from gongjian.work.cobuilding.models import Need
from gongjian.work.ratings.models import Round, Scheme
from gongjian.work.sharing.models import Booking
from gongjian.work.whistles.models import Whistle


class Command(BaseCommand):
    help = "Play the demo neighborhood of 2020 by the same services that the pages call. Plays only what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        office = set_up()
        with scope(office=office):
            if published_campaign() is None:
                self._play("记录 2020 年的事迹", sorted([*events(), *duty_events()], key=lambda event: event.at))
                self._play("评选、公示、表彰", campaign_events())
            if not Scheme.objects.exists():
                with transaction.atomic():
                    self._play("星级评定", list(rating_events()))
            if not Whistle.objects.exists():
                with transaction.atomic():  # a month or none of it
                    self._play("近一个月的哨件", whistles.stories(office), whistles.play)
            if not Booking.objects.exists():
                with transaction.atomic():
                    venue_use.open_committee_rooms()
                    goods.help_each_other()
                    self._play("共享场地近来的使用", venue_use.uses())
            if not Need.objects.exists():
                with transaction.atomic():
                    self._play("共建协议和三张清单", [*recently_signed(), *Story().events()])
            if not Round.objects.exclude(state=Round.State.PUBLISHED).exists():
                with transaction.atomic():
                    rate_this_year()
            if not care.is_visited():
                with transaction.atomic():
                    self._play("结对老人的探访", care.since_then())
            if not inspections.is_inspected():
                with transaction.atomic():
                    self._play("近来的联合检查", inspections.lately())
            self._play_these_days()
            whistles.set_up_channels()
            self._announce(office)

    def _play_these_days(self) -> None:
        if not projects.is_under_way():
            with transaction.atomic():
                self._play("正在办的项目", projects.of_these_days())
        if not weekend.is_called():
            with transaction.atomic():
                weekend.call_to_the_weekend()

    def _play(self, title: str, planned: Sequence[Any], play: Callable[[Any], None] = play_event) -> None:
        with Progress(transient=True) as progress:
            for event in progress.track(planned, description=title):
                play(event)

    def _announce(self, office: Office) -> None:
        address = os.environ.get("GONGJIAN_URL", "http://127.0.0.1:8000/").rstrip("/")
        accounts = read("accounts")
        self.stdout.write(f"\n{office.name} 已就绪（演示数据，人物均为虚构）。密码都是 {accounts['password']}")
        for account in accounts["account"]:
            self.stdout.write(f"  {account['username']:<12}{account['shown']}")
        campaign = published_campaign()
        if campaign is not None:
            self.stdout.write(f"\nhome   首页      {address}{reverse('desk:home')}")
            self.stdout.write(f"honor  表彰专版  {address}{reverse('chronicle:honor_page', args=[campaign.slug])}")
            self.stdout.write(f"desk   我的事    {address}{reverse('desk:my_desk')}")
