"""Claims: board, list, map, whistle page and search over a million whistles; finding those that say the same.

Pages are measured like those of the ledger, inside the product's own WSGI application. Search is compared with ILIKE over
the same whistles, likeness with a budget.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from benchmarks.harness import Measurement, percentile, seconds
from benchmarks.pages import Page, measure_page, plain_page, times
from benchmarks.people import clerk
from benchmarks.server import signed_in

NAME = "board"
WORDS = ("暖气", "井盖", "消防通道", "小广告 南墙", "装修 夜里", "电梯", "油烟", "路灯")
FACTOR = 50
LIKENESS_AIM = 0.02
ROUNDS = 40


def measure(office: Any) -> list[Measurement]:
    """Call inside the office's scope, with a million whistles there."""
    reference = times(plain_page())
    return [*(measure_page(page, reference) for page in _pages(office)), _search(), _likeness(office)]


def _pages(office: Any) -> Iterator[Page]:
    from django.urls import reverse

    from gongjian.work.whistles.models import Category, Whistle

    staff = signed_in(clerk(office))
    codes = list(Category.objects.values_list("code", flat=True)[:8])
    newest = list(Whistle.objects.order_by("-pk").values_list("pk", flat=True)[:40])
    views = {
        "board": [{}, *({"category": code} for code in codes[:3])],
        "list": [{}, {"state": "closed"}, *({"category": code} for code in codes), {"state": "closed", "category": codes[0]}],
        "list: search": [{"words": words} for words in WORDS],
        "map": [{}, *({"category": code} for code in codes[:3])],
    }
    for name, queries in views.items():
        url = reverse(f"whistles:{name.partition(':')[0]}")
        yield Page(f"whistles, {name}", staff, [f"{url}?{urlencode(query)}" for query in queries])
    yield Page("one whistle", staff, [reverse("whistles:whistle", args=[pk]) for pk in newest])


def _search() -> Measurement:
    from gongjian.work.whistles.models import Whistle
    from gongjian.work.whistles.wording import search_query

    def by_index(words: str) -> object:
        return list(Whistle.objects.filter(search_query(words)).order_by("-received_at", "-pk").values_list("pk")[:50])

    def by_ilike(words: str) -> object:
        found = Whistle.objects.order_by("-received_at", "-pk")
        for word in words.split():
            found = found.filter(text__icontains=word)
        return found.count()

    def by_index_count(words: str) -> object:
        return Whistle.objects.filter(search_query(words)).count()

    rare = ("合成数据 17", "合成数据 1999", "合成数据 3001")
    indexed, plain = _timed(by_index_count, rare * 3), _timed(by_ilike, rare)
    ratio = percentile(plain, 0.5) / percentile(indexed, 0.5)
    first = percentile(_timed(by_index, WORDS * 4), 0.95)
    return Measurement(
        name="full-text search",
        measured=f"all hits of rare words {seconds(percentile(indexed, 0.5))}; first page of common words p95 {seconds(first)}",
        aim=f"≥ {FACTOR} × faster than ILIKE",
        reference=f"ILIKE: {seconds(percentile(plain, 0.5))}",
        ratio=ratio,
        met=ratio >= FACTOR,
        raw={"indexed": indexed, "ilike": plain, "first_page_p95": first},
    )


def _likeness(office: Any) -> Measurement:
    from gongjian.registry.selectors import communities
    from gongjian.work.whistles.selectors.similar import similar_open

    place = communities().first()
    texts = [f"{n % 40 + 1}号楼前的垃圾三天没人清了，气味很大，请派人看看" for n in range(ROUNDS)]
    took = _timed(lambda text: similar_open(text, place, None, None), texts)
    worst = percentile(took, 0.95)
    return Measurement(
        name="similar whistles of a new one",
        measured=f"p50 {seconds(percentile(took, 0.5))}, p95 {seconds(worst)}",
        aim=f"≤ {LIKENESS_AIM * 1000:.0f} ms",
        met=worst <= LIKENESS_AIM,
        raw={"seconds": took},
    )


def _timed(act: Callable[[str], object], inputs: Sequence[str]) -> list[float]:
    act(inputs[0])
    took = []
    for given in inputs:
        started = time.perf_counter()
        act(given)
        took.append(time.perf_counter() - started)
    return took
