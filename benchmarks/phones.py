"""Volunteers' phones: each has its own connection and cookies, opens its page first and then, at the word, sends.

python -m benchmarks.phones PORT < ORDERS  →  JSON of what each request took and how it was answered

ORDERS is JSON: `at_once` (how many send side by side), `shift`, `secret` (the organizer's screen, to read the code from),
`tokens` (the volunteers' links), `act` (`stamp` or `choose`), `again` (every so manieth phone sends the same once more).
"""

import json
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from benchmarks.traffic import Browser, Refused
from gongjian.work.volunteering.codes import code_at


def main() -> None:
    port, orders = int(sys.argv[1]), json.load(sys.stdin)
    act = {"stamp": stamp, "choose": choose}[orders["act"]]
    phones = [Browser(port, {}) for _token in orders["tokens"]]
    with ThreadPoolExecutor(8) as pool:
        forms = list(pool.map(lambda phone, token: phone.token(f"/volunteering/my/{token}/"), phones, orders["tokens"]))
    for phone in phones:
        phone.hang_up()
    took: list[float] = []
    answers: Counter[str] = Counter()
    together = threading.Barrier(orders["at_once"])
    word = threading.local()

    def send(number: int) -> None:
        if not getattr(word, "given", False):
            word.given = True
            together.wait()
        times = 2 if orders["again"] and number % orders["again"] == 0 else 1
        request = act(phones[number], forms[number], orders["tokens"][number], orders)
        for _time in range(times):
            started = time.perf_counter()
            try:
                request()
                answers["well"] += 1
            except Refused as refusal:
                answers[str(refusal)] += 1
            took.append(time.perf_counter() - started)

    started = time.perf_counter()
    with ThreadPoolExecutor(orders["at_once"]) as pool:
        list(pool.map(send, range(len(phones))))
    print(json.dumps({"seconds": took, "answers": answers, "in_all": time.perf_counter() - started}))


def stamp(phone: Browser, form: str, token: str, orders: dict[str, Any]) -> Callable[[], object]:
    """Check in with the code that is on the screen now, under the phone's own number for it."""
    now = datetime.now(UTC)
    code = code_at(orders["secret"], now)
    fields = {"shift": str(orders["shift"]), "direction": "in", "code": code, "slip": str(uuid.uuid4())}
    return lambda: phone.send(f"/volunteering/my/{token}/stamp/", form, fields, accept="application/json")


def choose(phone: Browser, form: str, token: str, orders: dict[str, Any]) -> Callable[[], object]:
    return lambda: phone.send(f"/volunteering/my/{token}/choose/{orders['shift']}/", form, {})


if __name__ == "__main__":
    main()
