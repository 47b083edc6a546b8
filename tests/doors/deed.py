"""One form that somebody sends, and the address it goes to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hallway.core.guarding import as_system
from hallway.townhalls.models import Question
from tests.doors.routes import Route
from tests.doors.story import Story

Form = dict[str, object]


@dataclass(frozen=True)
class Deed:
    """`who` sends `form` to the address of these things, after `before` has happened.

    `before` may say more of the address; `about` names an entry for the form instead, and `more`
    says what else is in it. `hall`, `question` and `poll` are of a town hall.
    """

    who: str
    form: Form = field(default_factory=dict)
    room: str = ""
    entry: str = ""
    handle: str = ""
    about: str = ""
    hall: str = ""
    question: str = ""
    poll: str = ""
    more: Callable[[Story], Form] = lambda _: {}
    before: Callable[[Story], Form] = lambda _: {}

    def address(self, story: Story, route: Route) -> str:
        """Where the form goes; makes what must be there before."""
        values: dict[str, Any] = {"handle": self.handle, "number": story.invitation}
        if self.room:
            values["slug"] = story.rooms[self.room].slug
        if self.entry:
            values["pk"] = story.entries[self.entry].pk
        if self.hall:
            values["pk"] = story.halls[self.hall].pk
        if self.question:
            values["pk"] = story.questions[self.question].pk
        if self.poll:
            values["pk"] = story.polls[self.poll].pk
        return route.address(**{**values, **self.before(story)})

    def filled(self, story: Story) -> Form:
        """The form as it is sent."""
        form = {**self.form, **self.more(story)}
        if self.question:
            with as_system("the version on the moderator's screen"):
                form["seen"] = Question.objects.get(pk=story.questions[self.question].pk).version
        return {**form, "entry": story.entries[self.about].pk} if self.about else form
