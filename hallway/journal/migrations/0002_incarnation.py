"""The journal's first life."""

import uuid

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def begin(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Name the first incarnation."""
    apps.get_model("journal", "Incarnation").objects.create(pk=1, name=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
