"""What newcomers are shown goes away for good; whoever has been here before needs no first steps."""

from typing import Any

from django.db import migrations, models


def spare_the_experienced(apps: Any, _editor: Any) -> None:
    """Whoever has signed in once has found their way."""
    people = apps.get_model("people", "Person").objects
    people.filter(last_login__isnull=False).update(learnt="about people spaces")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_erased")]

    operations = [
        migrations.AddField(
            "person",
            "learnt",
            models.CharField(blank=True, default="", editable=False, max_length=200),
        ),
        migrations.RunPython(spare_the_experienced, migrations.RunPython.noop),
    ]
