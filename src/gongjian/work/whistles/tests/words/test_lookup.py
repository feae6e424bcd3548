"""The table itself is made elsewhere; here a temporary one of the same shape stands before it on the search path."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from gongjian.work.whistles.words.lookup import CANDIDATES_SQL, FREQUENCIES_SQL, MOST_CANDIDATES
from gongjian.work.whistles.words.terms import rare_terms, terms

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cursor():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE whistles_whistle (id int, office_id int, blown_at timestamptz, state text, terms int[],"
            " latitude numeric, longitude numeric, place_id int, text text) ON COMMIT DROP"
        )
        yield cursor


def blow(cursor, number, text, *, office=1, days=1):
    cursor.execute(
        "INSERT INTO whistles_whistle VALUES (%s, %s, %s, 'blown', %s, NULL, NULL, 1, %s)",
        [number, office, NOW - timedelta(days=days), terms(text), text],
    )


def candidates(cursor, text, limit=MOST_CANDIDATES):
    asked = {"office_id": 1, "rare_terms": rare_terms(terms(text), {}, 8), "since": NOW - timedelta(days=30), "limit": limit}
    cursor.execute(CANDIDATES_SQL, asked)
    return [row[0] for row in cursor.fetchall()]


def test_finds_what_shares_a_term_the_newest_first(cursor):
    blow(cursor, 1, "三号楼停水了", days=3)
    blow(cursor, 2, "家里停水", days=1)
    blow(cursor, 3, "路灯不亮")
    assert candidates(cursor, "3号楼停水") == [2, 1]


def test_passes_over_other_offices_and_old_ones(cursor):
    blow(cursor, 1, "停水了", office=2)
    blow(cursor, 2, "停水了", days=31)
    assert candidates(cursor, "停水了") == []


def test_gives_no_more_than_asked(cursor):
    for number in range(5):
        blow(cursor, number, "停水了")
    assert len(candidates(cursor, "停水了", limit=3)) == 3


def test_a_text_without_terms_finds_nothing(cursor):
    blow(cursor, 1, "停水了")
    assert candidates(cursor, "。。。") == []


def test_the_database_knows_which_terms_are_common(cursor):
    cursor.execute(FREQUENCIES_SQL)
    assert all(isinstance(term, int) and 0 < share <= 1 for term, share in cursor.fetchall())
