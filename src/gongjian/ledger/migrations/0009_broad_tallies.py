"""Sums that keep less apart, for pages over all deeds of an office; filled from the deeds that are sealed."""

import django.db.models.deletion
from django.db import migrations, models

CHANGES = """
CREATE OR REPLACE VIEW ledger_tallychange AS
SELECT d.id AS record_id, d.office_id, date_trunc('month', d.occurred_to)::date AS month, d.kind_id, d.organization_id,
       d.place_id, d.initial_level AS level, d.public,
       CASE WHEN d.reverses_id IS NULL THEN 1 ELSE -1 END AS deeds, coalesce(d.quantity, 0) AS quantity, d.approximation
FROM ledger_deed d
UNION ALL
SELECT c.id, d.office_id, date_trunc('month', d.occurred_to)::date, d.kind_id, d.organization_id,
       d.place_id, change.level, d.public, change.sign, change.sign * coalesce(d.quantity, 0), d.approximation
FROM ledger_confirmation c
JOIN ledger_deed d ON d.id = c.deed_id
CROSS JOIN LATERAL (VALUES (c.from_level, -1), (c.level, 1)) AS change (level, sign);
"""
_SEEN = """
SELECT NULL::bigint AS id, d.office_id, grain, CASE WHEN grain <> 'office' THEN d.organization_id END AS organization_id,
       CASE WHEN grain = 'year' THEN date_trunc('year', d.occurred_to)::date ELSE date_trunc('month', d.occurred_to)::date END
       AS month, CASE WHEN grain <> 'doers' THEN d.kind_id END AS kind_id,
       CASE WHEN grain <> 'office' THEN d.place_id END AS place_id, CASE WHEN grain <> 'doers' THEN {level} END AS level,
       d.public, CASE WHEN grain = 'doers' THEN '' ELSE d.approximation END AS approximation, {sign} AS deeds,
       CASE WHEN grain = 'doers' THEN 0 ELSE {quantity} END AS quantity
"""
_GRAINS = "CROSS JOIN (VALUES ('office'), ('doers'), ('year')) AS grains (grain)"
CURRENT = f"""
CREATE VIEW ledger_currentbroadtally AS
SELECT id, office_id, grain, organization_id, month, kind_id, place_id, level, public, approximation, deeds, quantity
FROM ledger_broadtally
UNION ALL
{_SEEN.format(level="d.initial_level", sign="CASE WHEN d.reverses_id IS NULL THEN 1 ELSE -1 END", quantity="coalesce(d.quantity, 0)")}
FROM ledger_unsealedrecord u JOIN ledger_deed d ON d.id = u.record_id {_GRAINS} WHERE u.is_deed
UNION ALL
{_SEEN.format(level="change.level", sign="change.sign", quantity="change.sign * coalesce(d.quantity, 0)")}
FROM ledger_unsealedrecord u JOIN ledger_confirmation c ON c.id = u.record_id JOIN ledger_deed d ON d.id = c.deed_id
CROSS JOIN LATERAL (VALUES (c.from_level, -1), (c.level, 1)) AS change (level, sign) {_GRAINS} WHERE NOT u.is_deed;
"""
FILL = """
WITH summed AS MATERIALIZED (
    SELECT c.office_id, c.month, c.kind_id, c.organization_id, c.place_id, c.level, c.public, c.approximation,
           sum(c.deeds) AS deeds, sum(c.quantity) AS quantity
    FROM ledger_tallychange c LEFT JOIN ledger_unsealedrecord u ON u.record_id = c.record_id WHERE u.record_id IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
)
INSERT INTO ledger_broadtally
    (office_id, grain, organization_id, month, kind_id, place_id, level, public, approximation, deeds, quantity)
SELECT office_id,
       CASE WHEN grouping(level) = 1 THEN 'doers' WHEN grouping(organization_id) = 1 THEN 'office' ELSE 'year' END,
       organization_id, coalesce(month, year), kind_id, place_id, level, public, coalesce(approximation, ''), sum(deeds),
       CASE WHEN grouping(level) = 1 THEN 0 ELSE sum(quantity) END
FROM (SELECT *, date_trunc('year', month)::date AS year FROM summed) AS summed
GROUP BY GROUPING SETS (
    (office_id, month, kind_id, level, public, approximation),
    (office_id, month, organization_id, place_id, public),
    (office_id, year, organization_id, place_id, kind_id, level, public, approximation)
);
SET CONSTRAINTS ALL IMMEDIATE;
"""

class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0008_seal_public_key'),
        ('registry', '0002_rights_and_passwords'),
    ]

    operations = [
        migrations.CreateModel(
            name='CurrentBroadTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grain', models.CharField(choices=[('office', '全街道'), ('doers', '各单位各月'), ('year', '各单位各年')], max_length=6)),
                ('month', models.DateField(verbose_name='月份')),
                ('level', models.SmallIntegerField(choices=[(0, '自报'), (1, '社区已确认'), (2, '第三方已确认')], null=True)),
                ('public', models.BooleanField()),
                ('approximation', models.CharField(blank=True, choices=[('exact', '正好'), ('nearly', '近'), ('over', '余'), ('about', '约')], max_length=6)),
                ('deeds', models.BigIntegerField()),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=20)),
            ],
            options={
                'verbose_name': '当前大类合计',
                'db_table': 'ledger_currentbroadtally',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='BroadTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grain', models.CharField(choices=[('office', '全街道'), ('doers', '各单位各月'), ('year', '各单位各年')], max_length=6)),
                ('month', models.DateField(verbose_name='月份')),
                ('level', models.SmallIntegerField(choices=[(0, '自报'), (1, '社区已确认'), (2, '第三方已确认')], null=True)),
                ('public', models.BooleanField()),
                ('approximation', models.CharField(blank=True, choices=[('exact', '正好'), ('nearly', '近'), ('over', '余'), ('about', '约')], max_length=6)),
                ('deeds', models.BigIntegerField()),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=20)),
                ('kind', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, to='ledger.deedkind')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='registry.office')),
                ('organization', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, to='registry.organization')),
                ('place', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, to='registry.place')),
            ],
            options={
                'verbose_name': '大类合计',
                'indexes': [models.Index(fields=['office', 'grain', 'month'], name='broad_tally_month')],
                'constraints': [models.UniqueConstraint(fields=('office', 'grain', 'organization', 'month', 'kind', 'place', 'level', 'public', 'approximation'), name='broad_tally_once', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL(CHANGES, migrations.RunSQL.noop),
        migrations.RunSQL(CURRENT, "DROP VIEW ledger_currentbroadtally"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
