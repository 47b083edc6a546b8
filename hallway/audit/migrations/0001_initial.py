"""The table of administrative deeds, and the trigger that refuses to change a row of it."""

import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ON_SQLITE = """
CREATE TRIGGER audit_row_stays BEFORE UPDATE ON audit_row
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
"""
ON_POSTGRESQL = """
CREATE FUNCTION audit_row_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$;
CREATE TRIGGER audit_row_stays BEFORE UPDATE ON audit_row
FOR EACH ROW EXECUTE FUNCTION audit_row_stays();
"""


def forbid_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse every UPDATE of a row."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(ON_POSTGRESQL if postgresql else ON_SQLITE)


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Row",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("deed", models.CharField(max_length=40)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("person", "by a person"),
                            ("server", "on the server"),
                            ("clock", "by itself, at its time"),
                        ],
                        max_length=8,
                    ),
                ),
                ("by_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("space_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("number", models.PositiveIntegerField(null=True)),
                ("before", models.CharField(blank=True, default="", max_length=200)),
                ("after", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person_id", "id"], name="audit_of_person"),
                    models.Index(fields=["by_id", "id"], name="audit_by_person"),
                    models.Index(fields=["at"], name="audit_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_id__isnull", False), ("source", "person")),
                            models.Q(
                                models.Q(("source", "person"), _negated=True),
                                ("by_id__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="audit_who_or_what",
                    )
                ],
            },
        ),
        migrations.RunPython(forbid_changes, migrations.RunPython.noop),
    ]
