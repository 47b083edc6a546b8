"""The doors through which words leave the house: what is mailed, however it is packed."""

from django.db.models import QuerySet

from hallway.notifications.models import Notification
from hallway.outbox.letters import Letter, message_of
from hallway.outbox.models import Outgoing
from hallway.outside.digest.writing import digest
from hallway.outside.push.sending import words_of
from tests.doors.looking import Look, door


@door("push")
def by_push(look: Look) -> None:
    """What is pushed of each notice in one's rows, whosoever's they are."""
    person = look.story.world.people.get(look.who)
    if person is None:
        return
    named = {
        name for name in look.story.told.get(look.who, ()) if look.company.sees(look.who, name)
    }
    due: set[str] = set()
    for name in named:
        due |= look.story.words_of("item", name, "title")
    rows: QuerySet[Notification] = QuerySet(Notification).filter(person=person)
    words = [words_of(row.pk, person) for row in rows]
    look.expect("the pushes", "".join(str(each) for each in words), due)


@door("digest")
def by_mail(look: Look) -> None:
    """Those told of a post that they may still see find its title in both forms of the mail."""
    row = Outgoing(kind="digest", key="look", person=look.story.world.people.get(look.who))
    letter = digest(row)
    due: set[str] = set()
    for name in look.story.told.get(look.who, ()):
        if look.company.sees(look.who, name):
            due |= look.story.words_of("item", name, "title")
    if not isinstance(letter, Letter):
        look.same("what a digest lacks", due, set())
        return
    headers = message_of(letter, row).message().items()
    look.expect("the headers", "".join(f"{name}: {value}" for name, value in headers))
    look.expect("the plain text", letter.text, due)
    look.expect("the page", letter.html, due)
