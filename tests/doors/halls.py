"""The doors to town halls: page, wall, desk, tablet, questions, exports."""

from collections.abc import Iterator

from tests.doors.announced import HOSTS
from tests.doors.looking import Look, door

PARTS = ("all", "words.json", "calendar.ics", "screen", "qr.svg", "anonymity.json")


def halls(look: Look) -> Iterator[tuple[str, str]]:
    """Every hall with its address."""
    for room, hall in look.story.halls.items():
        yield f"{room}.townhall", f"/halls/{hall.pk}"


@door(
    "town hall",
    *("townhalls:hall", "townhalls:words", "townhalls:calendar", "townhalls:screen"),
    *("townhalls:qr", "townhalls:anonymity-data", "townhalls:halls", "townhalls:all"),
)
def town_hall(look: Look) -> None:
    """What its audience sees; nobody else learns that there is one."""
    listed = look.get("/halls/")[1]
    look.expect("the list", listed)
    for name, address in halls(look):
        sees = look.company.sees(look.who, name)
        due: set[str] = set()
        if sees:
            due = look.story.words_of("item", name, "title")
            look.same(f"{name} on the list", f'href="{address}"' in listed, True)
        for page in (
            "",
            "/all",
            "/words.json",
            "/calendar.ics",
            "/screen",
            "/qr.svg",
            "/anonymity.json",
        ):
            status, text = look.get(f"{address}{page}")
            look.opened(f"{name}{page}", status, sees)
            asked = _public(look, name) if page == "" else set()
            look.expect(f"{name}{page}", text, due | asked if page == "" and sees else ())


def _public(look: Look, hall: str) -> set[str]:
    room = hall.partition(".")[0]
    names = [f"{room}.asked", f"{room}.told"]
    return {
        word for each in names for word in look.story.words_of("question", each, "words", "answer")
    } | look.story.words_of("question", f"{room}.declined", "reason")


@door(
    "desk",
    *("townhalls:desk", "townhalls:speaker", "townhalls:end", "townhalls:edit"),
    *("townhalls:export-csv", "townhalls:export-json"),
)
def desk(look: Look) -> None:
    """For those who moderate; here that is who announced it, or manages the room."""
    for name, address in halls(look):
        moderates = look.company.moderates(look.who, name)
        room = name.partition(".")[0]
        for page in ("desk", "speaker", "end", "edit", "export.csv", "export.json"):
            status, text = look.get(f"{address}/{page}")
            look.opened(f"{page} of {name}", status, moderates)
            due: set[str] = set()
            if moderates and page in ("desk", "export.csv", "export.json"):
                for each in ("asked", "held", "declined", "told"):
                    due |= look.story.words_of("question", f"{room}.{each}", "words", "reason")
            look.expect(f"{page} of {name}", text, due)


@door(
    "question",
    *("townhalls:follow-up", "townhalls:decline", "townhalls:merge", "townhalls:answer"),
    "townhalls:edit-question",
)
def question(look: Look) -> None:
    """Its page is for everybody who sees it, what is done with it for those who moderate."""
    for name, row in look.story.questions.items():
        asked = look.company.questions[name]
        address = f"/halls/questions/{row.pk}"
        public = asked.is_public and look.company.sees(look.who, asked.hall)
        status, text = look.get(f"{address}/follow-up")
        look.opened(f"the page of {name}", status, public)
        due = look.story.words_of("question", name) if public else set()
        look.expect(f"the page of {name}", text, due)
        for page in ("decline", "merge", "answer"):
            status, text = look.get(f"{address}/{page}")
            moderates = look.company.moderates(look.who, asked.hall)
            look.opened(f"{page} {name}", status, moderates)
            look.expect(f"{page} {name}", text)
        status, text = look.get(f"{address}/edit")
        mine = asked.by == look.who and look.company.sees(look.who, asked.hall)
        look.opened(f"editing {name}", status, mine)
        look.expect(f"editing {name}", text)


@door("announcing a town hall", "townhalls:new")
def announcing(look: Look) -> None:
    """For those who manage a room; only their rooms are offered."""
    manages = [room for room in HOSTS if look.company.manages(look.who, room)]
    status, text = look.get("/halls/new")
    look.opened("the form", status, bool(manages) or look.company.manages(look.who, "ajar"))
    look.expect("the form", text)
