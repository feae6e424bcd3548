"""Makers of schemes, through the services that pages call."""

from itertools import count
from typing import Any

from django_scopes import get_scope

from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Account
from gongjian.registry.tests.factories import make_clerk
from gongjian.work.ratings.models import Scheme
from gongjian.work.ratings.scoring.blueprint import Blueprint, read
from gongjian.work.ratings.services.schemes import make_scheme as make

_numbers = count(1)

SMALL: dict[str, Any] = {
    "dimensions": [
        {
            "code": "d1",
            "name": "环境",
            "indicators": [
                {
                    "code": "i1",
                    "name": "卫生",
                    "kind": "graded",
                    "choices": [{"label": "好", "points": 10}, {"label": "差", "points": 2}],
                },
                {
                    "code": "i2",
                    "name": "普法",
                    "kind": "itemized",
                    "cap": 6,
                    "weight": "1.5",
                    "ledger": {"kind": "law-outreach", "points": 2},
                },
            ],
        },
        {
            "code": "d2",
            "name": "平安",
            "indicators": [
                {
                    "code": "i3",
                    "name": "设施",
                    "kind": "itemized",
                    "choices": [{"label": "灭火器", "points": 4}, {"label": "充电桩", "points": 6}],
                },
                {"code": "i4", "name": "堆物", "kind": "deduction", "cap": 5, "choices": [{"label": "一处", "points": "1.5"}]},
                {"code": "i5", "name": "火灾", "kind": "veto"},
            ],
        },
    ],
    "levels": [
        {"stars": 5, "total": 25, "dimensions": {"d1": 15, "d2": 8}, "most_percent": 50},
        {"stars": 3, "total": 12, "dimensions": {"d1": 5}},
    ],
}
"""Full points: 10 + 6 × 1.5 = 19, and 10; in total 29."""


def small() -> Blueprint:
    return read(SMALL)


def make_scheme(by: Account | None = None, *, blueprint: Blueprint | None = None, **details: Any) -> Scheme:
    if not DeedKind.objects.exists():
        load_catalogue()
    values = {"title": f"样例评定{next(_numbers)}", "subject": "organizations", "nature": "internal", **details}
    return make(by or make_clerk(get_scope()["office"]), blueprint=blueprint or small(), **values)
