"""Whistles in bulk, for measuring: made in the database from a few thousand texts, in one transaction."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django_scopes import scope

from gongjian.kernel import clock
from gongjian.ledger.synthetic.bulk import stripped
from gongjian.ledger.synthetic.offices import first_office, settle
from gongjian.registry.models import Office, Organization, Place
from gongjian.work.whistles.models import Category, Whistle
from gongjian.work.whistles.services.configuring import load_shipped_categories
from gongjian.work.whistles.synthetic.texts import samples
from gongjian.work.whistles.wording import words_of
from gongjian.work.whistles.words.terms import terms

TEXTS = 4000
YEARS = 3
OPEN = ("blown", "triaged", "dispatched", "accepted", "on_site", "handled", "reported", "verified")
TABLES = ("whistles_whistle", "whistles_happening", "whistles_dispatch", "whistles_revisit")

_TEXTS = """
CREATE TEMPORARY TABLE synthetic_text (
    number integer PRIMARY KEY, text text, words text[], terms integer[], category_id bigint, grade text
) ON COMMIT DROP
"""
_WHISTLES = """
INSERT INTO whistles_whistle (
    office_id, source, external_number, text, place_id, community_id, spot, outside, phone_mark, token, received_at, blown_at,
    state, category_id, grade, lead_id, suggestion, not_accepted_reason, voices, round, response_due_at, resolution_due_at,
    responded_at, reported_at, closed_at, suspended, color, next_check_at, solved, satisfaction, search, terms,
    latitude, longitude
)
SELECT %(office)s, (ARRAY['public', 'staff', 'hotline', 'api', 'patrol'])[1 + n %% 5], '', t.text, c.id, c.id, '', false, '',
    replace(gen_random_uuid()::text, '-', '') || substr(md5(n::text || random()::text), 1, 11), at, at,
    state, t.category_id, t.grade, CASE WHEN state IN ('blown', 'triaged') THEN NULL ELSE o.id END, '{}', '', 1 + n %% 3, 1,
    at + interval '2 hours', at + interval '7 days',
    CASE WHEN state IN ('blown', 'triaged', 'dispatched') THEN NULL ELSE at + interval '1 hour' END,
    CASE WHEN state IN ('reported', 'verified', 'closed') THEN at + interval '3 days' END,
    CASE WHEN state = 'closed' THEN at + interval '5 days' END, false,
    CASE WHEN state = 'closed' THEN 0 ELSE n %% 4 END, NULL,
    CASE WHEN state = 'closed' THEN n %% 7 > 0 END,
    CASE WHEN state = 'closed' THEN (ARRAY['satisfied', 'basically', 'dissatisfied'])[1 + n %% 3] ELSE '' END,
    array_to_tsvector(t.words), t.terms, 34.78 + (n %% 997) / 50000.0, 113.67 + (n %% 991) / 50000.0
FROM (
    SELECT n, %(begins)s::timestamptz + (%(ends)s::timestamptz - %(begins)s::timestamptz) * (n::float / %(count)s) AS at,
        CASE WHEN n < %(count)s - %(open)s THEN 'closed' ELSE (%(states)s::text[])[1 + n %% 8] END AS state
    FROM generate_series(1, %(count)s) AS n
) AS made
JOIN synthetic_text AS t ON t.number = (n::bigint * 7919) %% %(texts)s
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r FROM registry_place WHERE id = ANY(%(communities)s)) AS c
    ON c.r = (n * 31) %% %(community_count)s
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r FROM registry_organization WHERE id = ANY(%(organizations)s)) AS o
    ON o.r = (n * 17) %% %(organization_count)s
ORDER BY n
"""
_HAPPENINGS = """
INSERT INTO whistles_happening (whistle_id, kind, at, words, public, round, detail)
SELECT id, kind, at, '', true, 1, '{}'
FROM (SELECT id, blown_at, closed_at FROM whistles_whistle WHERE id > %(after)s) AS w,
    LATERAL (VALUES ('blown', blown_at), ('closed', closed_at)) AS happened (kind, at)
WHERE at IS NOT NULL
"""
_DISPATCHES = """
INSERT INTO whistles_dispatch (
    whistle_id, organization_id, part, task, limit_amount, limit_unit, state, sent_at, sent_by_id, due_at, accepted_at,
    reported_at, report, outcome, objection
)
SELECT id, lead_id, 'lead', '', 7, 'days', CASE state WHEN 'dispatched' THEN 'sent' WHEN 'accepted' THEN 'accepted'
        WHEN 'on_site' THEN 'on_site' WHEN 'handled' THEN 'handled' ELSE 'reported' END,
    blown_at + interval '20 minutes', %(clerk)s, resolution_due_at, responded_at, reported_at,
    '合成数据：已处理。', 'solved', ''
FROM whistles_whistle WHERE id > %(after)s AND lead_id IS NOT NULL
"""
_REVISITS = """
INSERT INTO whistles_revisit (whistle_id, means, valid, contacted, solved, satisfaction, words, at, counts)
SELECT id, 'phone', true, id %% 20 > 0, solved, satisfaction, '', closed_at, true
FROM whistles_whistle WHERE id > %(after)s AND state = 'closed' AND id %% 5 > 0
"""


@dataclass(frozen=True)
class Loaded:
    whistles: int
    open: int


def load_whistles(count: int, *, seed: int = 20261019) -> Loaded:
    """`count` in the first office over three years; the newest three in a hundred (at most 20,000) are open. All or nothing."""
    office = first_office()
    with scope(office=office), transaction.atomic():
        doers = settle(office, 0, random.Random(seed))  # noqa: S311
        if not Category.objects.exists():
            load_shipped_categories()
        _texts(seed)
        values = _values(office, count) | {"clerk": doers[0].recorder_id}
        with stripped(TABLES), connection.cursor() as cursor:
            for statement in (_WHISTLES, _HAPPENINGS, _DISPATCHES, _REVISITS):
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
    return Loaded(count, values["open"])


def _texts(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    rows = [
        (number, sample.text, words_of(sample.text), terms(sample.text), sample.category.pk, sample.category.grade)
        for number, sample in enumerate(samples(list(Category.objects.all()), TEXTS, chance))
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS)
        with cursor.copy("COPY synthetic_text FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _values(office: Office, count: int) -> dict[str, Any]:
    now = clock.now()
    communities = list(Place.objects.filter(level=Place.Level.COMMUNITY).values_list("pk", flat=True))
    organizations = list(Organization.objects.values_list("pk", flat=True)[:60])
    newest = Whistle.objects.order_by("-pk").values_list("pk", flat=True).first()
    return {
        "office": office.pk,
        "count": count,
        "open": min(count * 3 // 100, 20_000),
        "states": list(OPEN),
        "texts": TEXTS,
        "begins": now - timedelta(days=365 * YEARS),
        "ends": now,
        "communities": communities,
        "community_count": len(communities),
        "organizations": organizations,
        "organization_count": len(organizations),
        "after": newest or 0,
    }
