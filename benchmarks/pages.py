"""Claim: 95 of 100 requests for a page over a million deeds of an office are answered within 100 ms.

Time inside the product's own WSGI application, from the request to the last byte, in one process with nobody else asking.
The reference is a page without any deed (`/about/`) through the same middleware.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from benchmarks.harness import Measurement, percentile, say
from benchmarks.installation import BenchmarkError
from benchmarks.people import clerk
from benchmarks.server import Answer, Visitor, counted_queries, signed_in

NAME = "pages"
AIM = 0.1
REQUESTS = 240
WARMING = 2
MOST_SECONDS = 30.0
"""A slow page is asked for less often; its row then says how often."""


@dataclass(frozen=True)
class Page:
    """Several addresses of one page, asked for in turn."""

    name: str
    visitor: Visitor
    addresses: Sequence[str]


def measure(office: Any, campaign: Any) -> list[Measurement]:
    """Call inside the office's scope."""
    reference = times(plain_page())
    return [measure_page(page, reference) for page in _pages(office, campaign)]


def plain_page() -> Page:
    from django.urls import reverse

    return Page("a page without deeds", Visitor(), [reverse("desk:about")])


def _pages(office: Any, campaign: Any) -> Iterator[Page]:
    from django.urls import reverse

    stranger, staff = Visitor(), signed_in(clerk(office))
    organizations = list(campaign.candidates.values_list("organization", flat=True).order_by("pk")[:40])
    yield Page("honor page", stranger, [reverse("chronicle:honor_page", args=[campaign.slug])])
    yield Page("organization page", stranger, [reverse("desk:organization", args=[pk]) for pk in organizations])
    yield Page("home page", stranger, [reverse("desk:home")])
    yield Page("public deeds", stranger, [reverse("desk:deeds")])
    explorer = reverse("ledger:explorer")
    for name, queries in _explorer(campaign).items():
        yield Page(f"explorer: {name}", staff, [f"{explorer}?{urlencode(query)}" for query in queries])


def _explorer(campaign: Any) -> dict[str, list[dict[str, str]]]:
    """What people look for in the ledger, several examples of each."""
    from gongjian.ledger.models import Deed, DeedKind
    from gongjian.registry.models import Organization, Place

    names = Organization.objects.filter(candidacies__campaign=campaign).values_list("name", flat=True)[:8]
    communities = Place.objects.filter(level=Place.Level.COMMUNITY).values_list("pk", flat=True)[:8]
    kinds = DeedKind.objects.filter(pk__in=Deed.objects.order_by()[:200].values("kind")).values_list("pk", "category")[:8]
    year = campaign.cycle_to.year - 1
    return {
        "everything": [{}],
        "an organization": [{"organization": name} for name in names],
        "a kind": [{"kind": kind} for kind, _category in kinds],
        "a category in a year": [
            {"category": category, "since": f"{year}-01", "until": f"{year}-12"} for _kind, category in kinds
        ],
        "a community": [{"place": str(pk)} for pk in communities],
        "a level": [{"level": str(level)} for level in (0, 1, 2)],
        "recorded late": [{"late": "on"}, *({"late": "on", "place": str(pk)} for pk in communities)],
        "words": [{"words": words} for words in ("社区", "登记", "志愿")],
        "a word that no deed has": [{"words": "查无此事"}],
        "pivot by organization and month": [{"rows": "organization", "columns": "month"}],
        "pivot by place and kind": [{"rows": "place", "columns": "kind", "measure": "quantity"}],
        "a later page": [{"cursor": cursor} for cursor in _later_pages(campaign)],
    }


def _later_pages(campaign: Any) -> list[str]:
    """Cursors from all over the ledger's time."""
    from gongjian.kernel.paging import page_after
    from gongjian.ledger.models import Deed
    from gongjian.ledger.selectors import NEWEST_FIRST

    days = [date(year, month, 15) for year in range(campaign.cycle_from.year + 1, campaign.cycle_to.year) for month in (2, 9)]
    starts = (
        page_after(Deed.objects.filter(occurred_to__lte=day), order=NEWEST_FIRST, cursor=None, size=50).next for day in days
    )
    return [cursor for cursor in starts if cursor]


def times(page: Page) -> list[Answer]:
    for address in page.addresses[:WARMING]:
        page.visitor.get(address)
    answers: list[Answer] = []
    addresses, deadline = cycle(page.addresses), time.monotonic() + MOST_SECONDS
    while not answers or (len(answers) < REQUESTS and time.monotonic() < deadline):
        answers.append(page.visitor.get(next(addresses)))
    return answers


def measure_page(page: Page, reference: list[Answer]) -> Measurement:
    answers, queries = times(page), _queries(page)
    took, processor = [answer.seconds for answer in answers], [answer.processor for answer in answers]
    p50, p95, python = percentile(took, 0.5), percentile(took, 0.95), percentile(processor, 0.5)
    plain = percentile([answer.seconds for answer in reference], 0.95)
    counts = "–".join(map(str, sorted({min(queries), max(queries)})))
    fewer = "" if len(answers) == REQUESTS else f"; only {len(answers)} requests"
    say(f"  {page.name}: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, slowest {max(took) * 1000:.0f} ms")
    return Measurement(
        name=page.name,
        measured=f"p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms; Python {python * 1000:.0f} ms; {counts} queries{fewer}",
        aim="p95 ≤ 100 ms",
        reference=f"a page without deeds: p95 {plain * 1000:.0f} ms",
        ratio=p95 / plain,
        met=p95 <= AIM,
        raw={
            "p50": p50,
            "p95": p95,
            "slowest": max(took),
            "processor_p50": python,
            "queries": queries,
            "bytes": max(len(answer.body) for answer in answers),
            "requests": len(answers),
        },
    )


def _queries(page: Page) -> list[int]:
    """Of each address, when it is asked for once more. Raises BenchmarkError for a filter that the page did not accept."""
    numbers = []
    for address in page.addresses:
        with counted_queries() as statements:
            answer = page.visitor.get(address)
        if b'class="field wrong' in answer.body:
            raise BenchmarkError(f"{address} was not understood")
        numbers.append(len(statements))
    return numbers
