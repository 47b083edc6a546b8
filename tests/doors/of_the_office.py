"""What must have happened before an administrator or a manager can do something."""

from hallway.entries.actions import look, report
from hallway.people.actions import add_person
from hallway.spaces.actions import add_rule
from hallway.spaces.ruling import rules_of
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


def ruled(story: Story) -> dict[str, object]:
    """Whoever is an underwriter belongs to the open room."""
    add_rule(story.rooms["open"], "title", value="Underwriter", by=story.world.ben)
    return {"pk": rules_of(story.rooms["open"]).values_list("pk", flat=True)[0]}
