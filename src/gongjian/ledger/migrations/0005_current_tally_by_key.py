"""The sums of what is not sealed yet, looked up by key.

Joined to the view of all changes, the planner read every confirmation of the ledger for them.
"""

from django.db import migrations

MONTH = "date_trunc('month', d.occurred_to)::date"
BY_KEY = f"""
CREATE OR REPLACE VIEW ledger_currenttally AS
SELECT id, office_id, month, kind_id, organization_id, place_id, level, public, deeds, quantity FROM ledger_tally
UNION ALL
SELECT NULL::bigint, d.office_id, {MONTH}, d.kind_id, d.organization_id, d.place_id, d.initial_level, d.public,
       CASE WHEN d.reverses_id IS NULL THEN 1 ELSE -1 END, coalesce(d.quantity, 0)
FROM ledger_unsealedrecord u JOIN ledger_deed d ON d.id = u.record_id WHERE u.is_deed
UNION ALL
SELECT NULL::bigint, d.office_id, {MONTH}, d.kind_id, d.organization_id, d.place_id, change.level, d.public,
       change.sign, change.sign * coalesce(d.quantity, 0)
FROM ledger_unsealedrecord u JOIN ledger_confirmation c ON c.id = u.record_id JOIN ledger_deed d ON d.id = c.deed_id
CROSS JOIN LATERAL (VALUES (c.from_level, -1), (c.level, 1)) AS change (level, sign) WHERE NOT u.is_deed;
"""
BY_CHANGE = """
CREATE OR REPLACE VIEW ledger_currenttally AS
SELECT id, office_id, month, kind_id, organization_id, place_id, level, public, deeds, quantity FROM ledger_tally
UNION ALL
SELECT NULL::bigint, c.office_id, c.month, c.kind_id, c.organization_id, c.place_id, c.level, c.public, c.deeds, c.quantity
FROM ledger_unsealedrecord u JOIN ledger_tallychange c ON c.record_id = u.record_id;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_indexes_for_filters")]
    operations = [migrations.RunSQL(BY_KEY, BY_CHANGE)]
