"""Real connections: what is sent once, whoever else is at work."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongjian.kernel.notifications.delivering import deliver_due
from gongjian.kernel.notifications.models import Delivery
from gongjian.kernel.tests.notifications.factories import lines, make_channel, tell
from gongjian.registry.tests.factories import make_clerk, make_office

NOTICES = 12


def at_once(workers: int, channel: int) -> None:
    start = Barrier(workers)

    def work(_number: int) -> None:
        start.wait()
        try:
            deliver_due(channel)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    @pytest.mark.parametrize("digest_hour", [None, 8])
    def test_each_notice_arrives_once(self, written: Path, digest_hour: int | None) -> None:
        office = make_office()
        with scope(office=office):
            clerk = make_clerk(office)
            channel = make_channel(clerk, digest_hour=digest_hour)
            for number in range(NOTICES):
                tell(clerk, context={"place": "一号楼", "number": str(number)}, urgent=True)
        at_once(4, channel.pk)
        bodies = "".join(line["body"] + "\n" for line in lines(written))
        assert sorted(int(line.split("编号 ")[1]) for line in bodies.splitlines() if "编号" in line) == list(range(NOTICES))
        with scope(office=office):
            assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}

    def test_the_same_key_at_the_same_time_tells_once(self) -> None:
        office = make_office()
        with scope(office=office):
            clerk = make_clerk(office)
            make_channel(clerk)
        start = Barrier(4)

        def say(_number: int) -> int:
            start.wait()
            try:
                with scope(office=office):
                    return len(tell(clerk, key="lamp-7"))
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(say, range(4))) == 1

    def test_procrastinate_s_own_worker_carries_it(self, written: Path) -> None:
        office = make_office()
        with scope(office=office):
            clerk = make_clerk(office)
            make_channel(clerk)
            tell(clerk)
        worker: Any = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        with worker.replace_connector(worker.connector):
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        assert len(lines(written)) == 1


@pytest.fixture(autouse=True)
def no_jobs_left(transactional_db: None) -> Iterator[None]:
    """The flush after a test knows Django's own tables only."""
    yield
    ProcrastinateJob.objects.all().delete()
