from django.db import migrations

CREATE = """
CREATE VIEW ledger_tallychange AS
SELECT d.id AS record_id, d.office_id, date_trunc('month', d.occurred_to)::date AS month, d.kind_id, d.organization_id,
       d.place_id, d.initial_level AS level, d.public,
       CASE WHEN d.reverses_id IS NULL THEN 1 ELSE -1 END AS deeds, coalesce(d.quantity, 0) AS quantity
FROM ledger_deed d
UNION ALL
SELECT c.id, d.office_id, date_trunc('month', d.occurred_to)::date, d.kind_id, d.organization_id,
       d.place_id, change.level, d.public, change.sign, change.sign * coalesce(d.quantity, 0)
FROM ledger_confirmation c
JOIN ledger_deed d ON d.id = c.deed_id
CROSS JOIN LATERAL (VALUES (c.from_level, -1), (c.level, 1)) AS change (level, sign);

CREATE VIEW ledger_currenttally AS
SELECT id, office_id, month, kind_id, organization_id, place_id, level, public, deeds, quantity FROM ledger_tally
UNION ALL
SELECT NULL, c.office_id, c.month, c.kind_id, c.organization_id, c.place_id, c.level, c.public, c.deeds, c.quantity
FROM ledger_unsealedrecord u JOIN ledger_tallychange c ON c.record_id = u.record_id;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_initial")]
    operations = [
        migrations.RunSQL(CREATE, "DROP VIEW ledger_currenttally; DROP VIEW ledger_tallychange;"),
    ]
