"""Pairs of neighboring characters are far rarer than characters: 志愿 finds what 志 and 愿 had to be searched for."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

import gongjian.ledger.models.deeds

PAIRS = """
CREATE FUNCTION ledger_pairs(told text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(substr(told, at, 2)), '{}') FROM generate_series(1, length(told) - 1) AS at
$$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_broad_tallies")]

    operations = [
        migrations.RunSQL(PAIRS, "DROP FUNCTION ledger_pairs(text)"),
        migrations.RemoveIndex(model_name="deed", name="deed_characters"),
        migrations.AddIndex(
            model_name="deed", index=GinIndex(gongjian.ledger.models.deeds.Pairs("statement"), name="deed_pairs")
        ),
    ]
