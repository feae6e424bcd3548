"""Which known whistles to compare a fresh one with: at most `MOST_CANDIDATES` rows that share one of its rarest terms.

The index that makes it fast among a million rows (contrib extension btree_gin for the two plain columns):

    CREATE INDEX whistle_terms ON whistles_whistle USING gin (office_id, terms) WITH (fastupdate = off);
"""

MOST_CANDIDATES = 200

CANDIDATES_SQL = """
SELECT id, text, terms, place_id, latitude, longitude, blown_at, state
FROM whistles_whistle
WHERE office_id = %(office_id)s
  AND terms && %(rare_terms)s::int[]
  AND blown_at >= %(since)s
ORDER BY blown_at DESC
LIMIT %(limit)s
"""
