"""The index by which words were found before 0010."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Characters(models.Func):
    template = "string_to_array(%(expressions)s, NULL)"
    output_field = ArrayField(models.TextField())


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_current_tally_by_key"), ("registry", "0002_rights_and_passwords")]

    operations = [
        migrations.AddIndex(model_name="deed", index=GinIndex(Characters("statement"), name="deed_characters")),
    ]
