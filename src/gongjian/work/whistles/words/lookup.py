"""Which known whistles to compare a fresh one with: at most `MOST_CANDIDATES` rows that share one of its rarest terms.

Two indexes make it fast among a million rows, whatever the planner thinks of the words:

    CREATE EXTENSION btree_gin;
    CREATE INDEX whistle_terms ON whistles_whistle USING gin (office_id, terms) WITH (fastupdate = off);
    CREATE INDEX whistle_recent ON whistles_whistle (office_id, blown_at);
"""

MOST_CANDIDATES = 200
RAREST = 8
"""Terms of the fresh text to ask for; see `terms.rare_terms`."""

CANDIDATES_SQL = """
SELECT id, text, terms, place_id, latitude, longitude, blown_at, state
FROM whistles_whistle
WHERE office_id = %(office_id)s
  AND terms && %(rare_terms)s::int[]
  AND blown_at >= %(since)s
ORDER BY blown_at DESC
LIMIT %(limit)s
"""
"""`rare_terms`: list of int; `since`: the oldest moment that matters; `limit`: `MOST_CANDIDATES`. The newest come first."""

FREQUENCIES_SQL = """
SELECT term, share
FROM pg_stats, unnest(most_common_elems::text::int[], most_common_elem_freqs) AS common (term, share)
WHERE schemaname = current_schema() AND tablename = 'whistles_whistle' AND attname = 'terms' AND term IS NOT NULL
"""
"""Term and share of rows that have it, for the common terms PostgreSQL knows of anyway; whatever is not listed is rare."""
