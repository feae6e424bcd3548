"""Raising the kept sums by what changed: those per month, and the broad ones that keep less apart.

A change counts a deed, or takes one back, at a level: (office_id, month, kind_id, organization_id, place_id, level, public,
approximation, deeds, quantity).
"""
# ruff: noqa: S608 (our own column tables; no value of anybody goes into these texts)

_KEY = "office_id, month, kind_id, organization_id, place_id, level, public"
_MORE = "deeds = t.deeds + excluded.deeds, quantity = t.quantity + excluded.quantity"
_BROAD_KEY = "office_id, grain, organization_id, month, kind_id, place_id, level, public, approximation"
_GRAIN = "CASE WHEN grouping(level) = 1 THEN 'doers' WHEN grouping(organization_id) = 1 THEN 'office' ELSE 'year' END AS grain"

PER_MONTH = f"SELECT {_KEY}, sum(deeds) AS deeds, sum(quantity) AS quantity FROM {{changes}} AS changes GROUP BY {_KEY}"
BROAD = f"""
SELECT office_id, {_GRAIN}, organization_id, coalesce(month, year) AS month, kind_id, place_id, level, public,
       coalesce(approximation, '') AS approximation, sum(deeds) AS deeds,
       CASE WHEN grouping(level) = 1 THEN 0 ELSE sum(quantity) END AS quantity
FROM (SELECT *, date_trunc('year', month)::date AS year FROM {{changes}} AS changes) AS changes
GROUP BY GROUPING SETS (
    (office_id, month, kind_id, level, public, approximation),
    (office_id, month, organization_id, place_id, public),
    (office_id, year, organization_id, place_id, kind_id, level, public, approximation)
)
"""
BROAD_KEPT = f"""
SELECT {_BROAD_KEY}, sum(deeds) AS deeds, sum(quantity) AS quantity FROM ledger_currentbroadtally GROUP BY {_BROAD_KEY}
"""
OF_LEAVES = """(
    SELECT d.office_id, date_trunc('month', d.occurred_to)::date AS month, d.kind_id, d.organization_id, d.place_id,
           d.initial_level AS level, d.public, d.approximation, CASE WHEN d.reverses_id IS NULL THEN 1 ELSE -1 END AS deeds,
           coalesce(d.quantity, 0) AS quantity
    FROM folded f JOIN ledger_deed d ON d.id = f.deed_id
    UNION ALL
    SELECT d.office_id, date_trunc('month', d.occurred_to)::date, d.kind_id, d.organization_id, d.place_id,
           change.level, d.public, d.approximation, change.sign, change.sign * coalesce(d.quantity, 0)
    FROM folded f JOIN ledger_confirmation c ON c.id = f.confirmation_id JOIN ledger_deed d ON d.id = c.deed_id
    CROSS JOIN LATERAL (VALUES (c.from_level, -1), (c.level, 1)) AS change (level, sign)
)"""
"""The changes by the leaves (deed_id, confirmation_id) of a table `folded`."""


def raising(changes: str, *, before: str = "") -> str:
    """One statement that raises all kept sums. `changes` is a table or a query; `before` further tables of the WITH."""
    return f"""
WITH {before} changes AS MATERIALIZED (SELECT * FROM {changes} AS changed), per_month AS (
    INSERT INTO ledger_tally AS t ({_KEY}, deeds, quantity) {PER_MONTH.format(changes="changes")}
    ON CONFLICT ({_KEY}) DO UPDATE SET {_MORE}
)
INSERT INTO ledger_broadtally AS t ({_BROAD_KEY}, deeds, quantity) {BROAD.format(changes="changes")}
ON CONFLICT ({_BROAD_KEY}) DO UPDATE SET {_MORE}
"""
