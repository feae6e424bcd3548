"""Each seal carries the key that signed it. Seals made before are given the installation's key, where it is theirs."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def add_column(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """By a default, since the table refuses UPDATE."""
    editor.execute("ALTER TABLE ledger_seal ADD COLUMN public_key varchar(64) NOT NULL DEFAULT %s", [_key_of_seals(apps)])
    editor.execute("ALTER TABLE ledger_seal ALTER COLUMN public_key DROP DEFAULT")


def _key_of_seals(apps: Apps) -> str:
    """No key is made for a ledger without seals."""
    from gongjian.ledger.sealing.keys import public_key_hex, signing_key

    return public_key_hex(signing_key()) if apps.get_model("ledger", "Seal").objects.exists() else ""


def drop_column(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("ALTER TABLE ledger_seal DROP COLUMN public_key")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_evidence_from_strangers")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_column, drop_column)],
            state_operations=[
                migrations.AddField(
                    model_name="seal", name="public_key", field=models.CharField(max_length=64), preserve_default=False
                )
            ],
        )
    ]
