"""Claim: of two hundred people who book the last hour at the same moment exactly one gets it, and the others are told so.

Over HTTP with the real `gongjian serve`, each with a connection, an account and a token of their own. The reference is the same
crowd reading one venue at the same moment, which writes nothing: the ratio is the price of deciding.
"""

import json
import subprocess
import sys
import tempfile
from datetime import timedelta
from typing import Any

from benchmarks.harness import Measurement, percentile, seconds, step
from benchmarks.installation import BenchmarkError, Installation
from benchmarks.memory import free_port, serving
from benchmarks.people import account
from benchmarks.venues import make_venue

NAME = "last-slot"
PEOPLE = 200
ROUNDS = 5


def measure(installation: Installation, office: Any) -> list[Measurement]:
    """Call inside the office's scope."""
    venue = make_venue(office, "合成抢约室")
    told = {"tokens": _tokens(office), "hours": _hours(venue), "address": "/api/v1/sharing/bookings"}
    told["plain"] = f"/api/v1/sharing/venues/{venue.pk}"
    port = free_port()
    with serving(installation, port), step(f"{PEOPLE} people want one hour, {ROUNDS} times"):
        answers = _crowd(port, told)
    return [_measurement(answers["booked"], answers["plain"])]


def _tokens(office: Any) -> list[str]:
    from gongjian.registry.services.tokens import issue_token

    people = [account(office, f"booker-{number}", "resident") for number in range(PEOPLE)]
    scopes = ["sharing:read", "sharing:write"]
    return [issue_token(person, name="benchmark", scopes=scopes)[1] for person in people]


def _hours(venue: Any) -> list[dict[str, Any]]:
    """Of a day on which nobody has booked yet."""
    from gongjian.kernel import clock
    from gongjian.work.sharing.hours import midnight
    from gongjian.work.sharing.models import Booking

    last = Booking.objects.filter(venue=venue).order_by("-period").first()
    day = max(clock.today(), last.begins.date() if last else clock.today()) + timedelta(days=1)
    told = {"venue": venue.pk, "title": "合成预约", "people": 8, "name": "合成居民"}
    begins = [midnight(day) + timedelta(hours=8 + number) for number in range(ROUNDS)]
    return [{**told, "begins": b.isoformat(), "ends": (b + timedelta(hours=1)).isoformat()} for b in begins]


def _crowd(port: int, told: dict[str, Any]) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.bookers", str(port), file.name]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if result.returncode:
        raise BenchmarkError(f"The crowd failed: {result.stderr.strip()[-800:]}")
    answers: dict[str, Any] = json.loads(result.stdout)
    return answers


def _measurement(booked: list[list[dict[str, Any]]], plain: list[list[dict[str, Any]]]) -> Measurement:
    winners = [sum(one["status"] == 201 for one in answers) for answers in booked]
    told = [sum(one["status"] == 409 and one["code"] == "taken" for one in answers) for answers in booked]
    took, reference = ([one["seconds"] for answers in rounds for one in answers] for rounds in (booked, plain))
    p50, p99, bare = percentile(took, 0.5), percentile(took, 0.99), percentile(reference, 0.99)
    others = sorted({f"{one['status']} {one['code']}" for answers in booked for one in answers} - {"201 ", "409 taken"})
    return Measurement(
        name=f"{PEOPLE} at once for the last hour, {ROUNDS} times",
        measured=f"winners {winners}, told that it is taken {told}; p50 {seconds(p50)}, p99 {seconds(p99)}",
        aim=f"one wins, {PEOPLE - 1} are told so",
        reference=f"the same crowd reads one venue: p99 {seconds(bare)}",
        ratio=p99 / bare,
        met=set(winners) == {1} and set(told) == {PEOPLE - 1},
        raw={"p50": p50, "p99": p99, "reference_p99": bare, "others": others},
    )
