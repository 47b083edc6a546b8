"""What must have happened before an administrator can do something."""

from hallway.entries.actions import look, report
from hallway.people.actions import add_person
from tests.doors.story import Story


def reported_unseen(story: Story) -> dict[str, object]:
    """Something is reported where Rita may not read."""
    report(story.entries["secret.post"], "Late", by=story.world.ben)
    return {"pk": story.entries["secret.post"].pk}


def looked_at(story: Story) -> dict[str, object]:
    """Rita looked at it."""
    form = reported_unseen(story)
    look(story.entries["secret.post"].pk, by=story.world.rita)
    return form


def imported(_: Story) -> dict[str, object]:
    """Somebody was imported and has no invitation."""
    add_person("imported@company.example", "Imported")
    return {}
