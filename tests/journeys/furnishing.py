"""Something to see on every page: conversations, requests, invitations, profiles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from hallway.accounts.actions import sign_out
from hallway.accounts.models import AddressLink, FirstLink, Invitation, JoinLink, ResetLink
from hallway.accounts.models.link import PersonalLink, digest_of
from hallway.comments.actions import comment
from hallway.company.present import company
from hallway.console.actions import change_settings
from hallway.core.guarding import as_system
from hallway.core.images import COVER, PROFILE, accept
from hallway.core.writing import writing
from hallway.entries.actions import (
    Draft,
    decide,
    edit,
    look,
    pin,
    react,
    report,
    save,
)
from hallway.entries.models import Entry
from hallway.entries.pictures import taken_in
from hallway.guests.actions import invite_guest
from hallway.guests.models import today
from hallway.owndata.models import Download, Farewell
from hallway.people.actions import (
    add_person,
    change_cover,
    change_day,
    change_links,
    change_photo,
    change_profile,
    follow,
)
from hallway.people.actions.days import Given
from hallway.people.models import Cover, OrgUnit, Person, PersonalDay
from hallway.posts.actions import publish_post
from hallway.shares.actions import share
from hallway.spaces.actions import ask, invite
from hallway.townhalls.actions import (
    Plan,
    announce,
    cheer,
    end,
    follow_up,
    open_doors,
    remind,
    vote,
)
from hallway.townhalls.actions import ask as ask_question
from hallway.townhalls.actions.moderate import answer, decline, mark_answered, put_on_stage
from hallway.townhalls.actions.poll import prepare, set_state
from hallway.townhalls.models import Question, TownHall
from tests.journeys.pictures import picture, put_by
from tests.world import World

WORDS = """We have moved to the **third floor**. Thanks to @ben and everybody who carried boxes.

- The kitchen is on the left
- Post arrives at *nine*

> Somebody said it would never be ready.

```
a line of code that is much longer than any telephone is wide, and which nobody may break anywhere
```

| Room | Since | For |
|------|-------|-----|
| Fjord | Monday | everybody who works on claims |

See https://example.com/plan or `map.pdf` #moving #claims"""


@dataclass
class Furnished:
    """The world with something in it, and what addresses are made of."""

    world: World
    long: Entry
    bare: Entry
    reply: Entry
    invited: str
    resetting: str
    moving: str
    first: str
    announced: TownHall
    on_air: TownHall
    ended: TownHall
    question: Question
    removed: Entry
    unseen: Entry
    share: Entry
    waiting: int

    def number_of(self, app: str) -> int:
        """The number of something whose addresses are those of `app`."""
        own = {"shares": self.share.pk, "scheduled": self.waiting, "townhalls": self.announced.pk}
        return own.get(app, self.long.pk)

    @property
    def deed(self) -> str:
        """Where things are done with the question that nobody has taken up."""
        return f"/halls/questions/{self.question.pk}"

    @property
    def cover(self) -> dict[str, object]:
        """What stands in the address of Ada's cover."""
        version = Cover.objects.get(person=self.world.ada).version
        return {"handle": "ada", "version": version, "size": 640}

    @property
    def unit(self) -> str:
        """The page of the unit with most people."""
        return f"/people/units/{OrgUnit.objects.get(name='Claims').pk}"

    @property
    def promised(self) -> str:
        """The place of the question about which something was promised."""
        with as_system("a test furnishes a hall"):
            return f"/halls/questions/{Question.objects.filter(owner__isnull=False)[0].pk}"


STAYING = "the-token-in-the-mail"
JOINING = "the-token-for-whom-nobody-invited"


def _data_of(world: World) -> None:
    """Ben's data lies ready, Cleo's is under way, for Gus's there was no room; Dora goes."""
    week = timezone.now() + timedelta(days=7)
    Download.objects.create(
        person=world.ben, ready_at=timezone.now(), expires_at=week, stored="x", size=4_300_000
    )
    Download.objects.create(person=world.cleo)
    Download.objects.create(person=world.gus, is_refused=True)
    Farewell.objects.create(
        person=world.dora, due_at=week, words=False, digest=digest_of(STAYING), by=world.rita
    )


def furnish(world: World) -> Furnished:
    """Fill the company of the story."""
    ada, ben, cleo, rita = world.ada, world.ben, world.cleo, world.rita
    change_profile(
        ada, by=ada, about="I answer **everything** about claims.", skills=["Claims", "Norwegian"]
    )
    change_photo(ben, accept(picture("navy"), sizes=PROFILE), by=ben)
    change_cover(ada, accept(picture("olive"), sizes=COVER), by=ada)
    links = [("My notes on claims", "https://notes.example/ada"), ("", "https://wiki.example")]
    change_links(ada, links, by=ada)
    born = Given(today().month, today().day, is_shown=True)
    change_day(cleo, PersonalDay.Kind.BIRTHDAY, born, by=cleo)
    for number in range(30):
        add_person(f"{number}@company.example", f"Colleague Number {number}", handle=f"n-{number}")
    organise(world)
    sign_out(world.dora, by=rita)
    day = today() + timedelta(days=30)
    invite_guest(world.open, "v@elsewhere.example", "Vera", day, by=ben, language="en")
    follow(ben, by=ada)
    follow(ada, by=cleo)
    for number in range(18):
        world.post(world.hall, f"Note {number} for the whole company", by=ben)
    files = [picture("teal"), picture("olive"), picture("maroon")]
    with taken_in(files, ["The kitchen", "The desk by the window", ""], by=ada) as images:
        draft = Draft(text=WORDS, title="We have moved", images=images)
        long = publish_post(draft, world.open, by=ada)
    edit(long, title="We have moved", text=WORDS + " Soup at noon.", by=ada, edits=None)
    said = comment(Draft(text="Finally! @ada has the keys."), long, by=ben)
    reply = comment(Draft(text="Which keys?"), said, by=ada)
    world.post(world.hall, "Donaudampfschifffahrtsgesellschaft" * 4, by=ben, title="W" * 90)
    bare = world.post(world.hall, "Just a few words", by=ada)
    for person, kind in ((ben, "like"), (rita, "celebrate"), (cleo, "love")):
        react(long, kind, by=person)
    report(long, "This is about moving, not about claims.", by=cleo)
    removed = world.post(world.open, "Words that had to go", by=ada)
    report(removed, "Rude", by=cleo)
    decide(removed, "removed", "We speak politely here.", by=ben)
    unseen = world.post(world.secret, "What Rita may not read", by=ada)
    report(unseen, "This is about a person.", by=ben)
    look(unseen.pk, by=rita)
    pin(long, True, by=ben)
    shared = share(
        world.post(world.secret, "Not **yet** for everybody", by=ada, title="Plans"),
        Draft("Please read this before Monday"),
        world.hall,
        by=ben,
    )
    for entry in (long, reply):
        save(entry, True, by=ada)
    ask(world.closed, "I take over from Gus.", by=cleo)
    invite(world.closed, rita, by=ben)
    invite(world.secret, cleo, by=ben)
    announced, on_air, ended, question = halls(world)
    _data_of(world)
    until = timezone.now() + timedelta(hours=1)
    new = {"address": "new@c.example", "language": "en", "expires_at": until}
    JoinLink.objects.create(digest=digest_of(JOINING), **new)
    seen = company().version
    change_settings({"joining": "domains", "domains": ["c.example"]}, seen=seen, by=rita)
    invited = link(lambda: Invitation(person=world.gus, by=rita, sent_at=timezone.now()), world.gus)
    resetting = link(lambda: ResetLink(person=ada), ada)
    moving = [
        link(lambda side=side: AddressLink(person=ada, side=side, wanted="ada.lund@c.example"), ada)
        for side in ("new", "old")
    ]
    letters = (invited, resetting, moving[1], first(rita))
    halls_of = (announced, on_air, ended, question)
    waiting = put_by(world.open, ada)
    decided = (removed, unseen, shared)
    return Furnished(world, long, bare, reply, *letters, *halls_of, *decided, waiting)


def organise(world: World) -> None:
    """Rita leads Ben, who leads Ada and more colleagues than one page holds."""
    company = OrgUnit.objects.create(name="Nordlicht " + "Versicherungsgesellschaft" * 2)
    claims = OrgUnit.objects.create(name="Claims", parent=company)
    OrgUnit.objects.create(name="Marine claims", parent=claims, kind=OrgUnit.Kind.TEAM)
    Person.objects.filter(handle__startswith="n-").update(unit=claims, manager=world.ben)
    Person.objects.filter(handle="ada").update(unit=claims, manager=world.ben)
    Person.objects.filter(handle="ben").update(unit=claims, manager=world.rita)
    Person.objects.filter(handle="rita").update(unit=company)


def halls(world: World) -> tuple[TownHall, TownHall, TownHall, Question]:
    """A town hall in each stage, and a question of Ada's that nobody has taken up."""
    ada, ben = world.ada, world.ben
    held = []
    for hours, title in (
        (50, "Claims after the merger"),
        (0, "Where we go next"),
        (0, "Last year"),
    ):
        draft = Draft(title=title, text="We speak about **everything**, and answer.")
        begins = timezone.now() + timedelta(hours=hours)
        plan = Plan(begins, hosts=[ben], speakers=[ada], moderators=[ben])
        held.append(announce(draft, plan, world.closed, by=ben))
    announced, on_air, ended = held
    for hall in held:
        tools = ask_question(hall, "Why do we still run seven travel tools?", by=ada)
        long = ask_question(hall, "Donaudampfschifffahrtsgesellschaft" * 4, by=ben)
        soup = ask_question(hall, "When does the canteen serve soup again?", by=ben)
        own = ask_question(hall, "Which of the three brands survives?", by=ada)
        other = ask_question(hall, "What about Gus from accounting?", by=ben)
        decline(other, "It is about one person.", by=ben)
        vote(soup, True, by=ada)
        if hall is announced:
            continue
        open_doors(hall, by=ben)
        answer(long, "A **long** answer, with a [link](https://example.com).", by=ben)
        mark_answered(soup, by=ben)
        put_on_stage(tools, by=ben)
        cheer(hall.pk, {"clap": 3100, "heart": 2})
        poll = prepare(hall, "Would you move for a project?", ["Yes", "For half a year"], by=ben)
        set_state(poll, "open", by=ben)
        if hall is on_air:
            question = own
    end(ended, by=ben)
    promise = {"due": timezone.localdate() + timedelta(days=90), "done": False, "by": ben}
    follow_up(tools, owner=ada, outcome="Four of them are off.", **promise)
    remind(announced, True, by=ada)
    return announced, on_air, ended, question


def link(make: Callable[[], PersonalLink], person: Person) -> str:
    """The token of a link as it would stand in a mail to `person`."""
    row = make()
    row.address = person.email
    token = row.renew()
    with writing():
        row.save()
    return token


def first(administrator: Person) -> str:
    """The token of the first administrator's link, which opens while no other has a password."""
    row = FirstLink()
    token = row.renew()
    with writing():
        row.save()
        Person.objects.filter(pk=administrator.pk).update(password=make_password(None))
    return token
