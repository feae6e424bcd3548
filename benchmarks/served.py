"""Claim: the record page of somebody who served ten thousand times is answered within 100 ms, with as many queries as others'.

Measured like the pages of the ledger, inside the product's own WSGI application.
"""

from collections.abc import Sequence
from typing import Any

from benchmarks.crowd import serve_for_years
from benchmarks.harness import Measurement, step
from benchmarks.pages import Page, measure_page, plain_page, times
from benchmarks.people import clerk
from benchmarks.server import counted_queries, signed_in

NAME = "served"
TIMES, FEW = 10_000, 40


def measure(office: Any) -> list[Measurement]:
    """Call inside the office's scope."""
    from django.urls import reverse

    with step(f"Somebody serves {TIMES:,} times"):
        often, seldom = serve_for_years(office, TIMES), serve_for_years(office, FEW)
    record = reverse("volunteering:record", args=[often.pk])
    addresses = [f"{record}?page={number}" for number in (1, 2, 30, 150, 333)]
    page = Page(f"record of {TIMES:,} times served", signed_in(clerk(office)), addresses)
    found = measure_page(page, times(plain_page()))
    few = _queries(page, [reverse("volunteering:record", args=[seldom.pk])])
    same = set(found.raw["queries"]) == few
    return [
        Measurement(
            found.name,
            f"{found.measured} (of {FEW} times: {', '.join(map(str, few))})",
            f"{found.aim}, as many queries",
            found.reference,
            found.ratio,
            bool(found.met) and same,
            found.raw,
        )
    ]


def _queries(page: Page, addresses: Sequence[str]) -> set[int]:
    counts = set()
    for address in addresses:
        page.visitor.get(address)
        with counted_queries() as statements:
            page.visitor.get(address)
        counts.add(len(statements))
    return counts
