"""One person going through a door, and what is wrong with what they came across."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.test import Client

from tests.doors.model import Company
from tests.doors.story import Story

WORD = re.compile(r"cnry\d{4}[a-z]+\d*x")
OLDER = re.compile(r'href="(\?[^"]*)"[^>]*rel="next"')
CARD = re.compile(r'<article id="entry-(\d+)"(.*?)</article>', re.DOTALL)
COMMENTS = re.compile(r'#comments">.*?<span class="action-count">\s*(\d*)', re.DOTALL)
MOST_PAGES = 9


@dataclass
class Look:
    """What `who` meets at one door; `findings` are the differences from the model."""

    story: Story
    who: str
    door: str
    findings: list[str] = field(default_factory=list)

    @property
    def company(self) -> Company:
        """The model."""
        return self.story.company

    @property
    def browser(self) -> Client:
        """Theirs."""
        return self.story.browser(self.who)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page; follows the address of a comment to its thread."""
        answer = self.browser.get(path)
        if answer.status_code == 302 and answer["Location"].startswith("/e/"):
            answer = self.browser.get(answer["Location"])
        body = b"".join(answer) if answer.streaming else answer.content
        return answer.status_code, body.decode()

    def pages(self, path: str) -> tuple[int, str]:
        """A list with all its older pages; the status of the first."""
        status, text = self.get(path)
        texts = [text]
        for _ in range(MOST_PAGES):
            older = OLDER.search(texts[-1])
            if older is None:
                break
            texts.append(self.get(path.partition("?")[0] + older[1].replace("&amp;", "&"))[1])
        return status, "".join(texts)

    def opened(self, what: str, status: int, allowed: bool) -> None:
        """The door must be open exactly when the model says so."""
        if (status == 200) != allowed:
            side = "open" if status == 200 else "shut"
            self.note(f"{what} is {side} ({status})")

    def expect(self, what: str, text: str, due: Iterable[str] = (), echo: str = "") -> None:
        """No canary that is not allowed, and each that is due; `echo` is what was asked for."""
        found = set(WORD.findall(text)) - set(WORD.findall(echo))
        for word in sorted(found):
            canary = self.story.canaries[word]
            if not self.company.allows(self.who, canary):
                self.note(f"{what} leaks {canary.part} of {canary.about}")
        for word in sorted(set(due) - found):
            canary = self.story.canaries[word]
            self.note(f"{what} lacks {canary.part} of {canary.about}")

    def same(self, what: str, shown: object, expected: object) -> None:
        """A number or a set must be what the model says."""
        if shown != expected:
            self.note(f"{what} is {shown}, not {expected}")

    def counts(self, what: str, text: str) -> None:
        """The number of comments on each card is that of the comments one can read there."""
        names = {str(entry.pk): name for name, entry in self.story.entries.items()}
        for pk, card in CARD.findall(text):
            count = COMMENTS.search(card)
            shown = int(count[1] or 0) if count else None
            self.same(f"{what}: comments of {names[pk]}", shown, self.company.comments(names[pk]))

    def note(self, sentence: str) -> None:
        """Remember a difference."""
        self.findings.append(f"{self.who} at {self.door}: {sentence}")

    # --- what a card shows ---

    def on_cards(self, posts: Iterable[str]) -> set[str]:
        """The canaries that must stand on the cards of posts: their own, and the last comment."""
        due: set[str] = set()
        for name in posts:
            due |= self.story.words_of("item", name, "title", "words", "tag", "alt")
            if carried := self.company.carried(self.who, name):
                due |= self.story.words_of("item", carried, "title", "words", "alt")
            said = [
                each
                for each, item in self.company.items.items()
                if item.above and self.company.top(each) == name and self.company.stands(each)
            ]
            if said:
                last = max(said, key=lambda each: self.story.entries[each].pk)
                due |= self.story.words_of("item", last, "words")
        return due


Walk = Callable[[Look], None]


@dataclass(frozen=True)
class Door:
    """A way to content: the routes it stands for, and how one person goes through it."""

    name: str
    routes: tuple[str, ...]
    walk: Walk

    def compare(self, story: Story, people: Sequence[str]) -> list[str]:
        """What each of `people` sees here and should not, or should and does not."""
        findings = []
        for who in people:
            look = Look(story, who, self.name)
            self.walk(look)
            findings += look.findings
        return findings


DOORS: dict[str, Door] = {}


def door(name: str, *routes: str) -> Callable[[Walk], Walk]:
    """Put a walk into the table of doors."""

    def registered(walk: Walk) -> Walk:
        assert name not in DOORS, name
        DOORS[name] = Door(name, routes, walk)
        return walk

    return registered
