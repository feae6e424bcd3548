"""One recording client: a process with a connection of its own, which waits for the word and then records for some seconds."""

import json
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4


def record_for(seconds: float) -> dict[str, float]:
    """How many deeds were committed, in which time, by how much of this process."""
    from django_scopes import scope

    from gongjian.ledger.synthetic.offices import first_office

    office = first_office()
    with scope(office=office):
        record = _recorder(office)
        queries = _statements_of(record)
        _say("ready")
        sys.stdin.readline()
        deeds, started, processor = 0, time.perf_counter(), time.process_time()
        while (elapsed := time.perf_counter() - started) < seconds:
            record()
            deeds += 1
    spent = time.process_time() - processor
    return {"deeds": deeds, "seconds": elapsed, "processor": spent, "queries": queries}


def _recorder(office: Any) -> Any:
    from benchmarks.people import clerk
    from gongjian.ledger.models import DeedKind
    from gongjian.ledger.services import DeedSource, record_deed
    from gongjian.registry.models import Organization, Place

    actor, kind = clerk(office), DeedKind.objects.get(code="volunteer-hours")
    place = Place.objects.filter(level=Place.Level.COMMUNITY)[0]
    organization = Organization.objects.filter(name__startswith="合成单位")[0]

    def record() -> None:
        record_deed(
            actor,
            kind=kind,
            place=place,
            organization=organization,
            statement="在社区值守{数}，现场登记",
            occurred_from=date(2026, 3, 2),
            quantity=Decimal(8),
            source=DeedSource("benchmark", uuid4().hex),
        )

    return record


def _statements_of(record: Any) -> int:
    """The statements of one deed, transaction included; the first deed warms up."""
    from benchmarks.server import counted_queries

    record()
    with counted_queries() as statements:
        record()
    begin_and_commit = 2
    return len(statements) + begin_and_commit


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    import os

    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.config.settings"
    django.setup()
    _say(json.dumps(record_for(float(sys.argv[1]))))
