"""The access rule of town halls: whoever may see the entry may take part; a part allows more.

Questions, polls and counts have exactly one parent, the hall's entry, and are visible when that
is and their own state allows it. "May do" implies "may see".
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Exists, FilteredRelation, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from hallway.entries import access as entries
from hallway.entries.models import Entry, Text
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Membership, Space
from hallway.townhalls.models import (
    Ballot,
    Change,
    Cheer,
    Issued,
    Option,
    Part,
    Poll,
    Presence,
    Question,
    Reminder,
    SigningKey,
    Spent,
    TownHall,
    Vote,
)
from hallway.townhalls.models.crowd import STALE
from hallway.townhalls.models.question import OWN, VISIBLE

M = TypeVar("M", bound=Model)

DESK = (Part.Role.HOST, Part.Role.MODERATOR)
STAGE = (Part.Role.HOST, Part.Role.SPEAKER, Part.Role.MODERATOR)


def visible_to(viewer: Person | None) -> QuerySet[TownHall]:
    """The town halls `viewer` may see and take part in."""
    return _below(TownHall, viewer, "entry__")


def questions_to(viewer: Person | None) -> QuerySet[Question]:
    """Questions everybody of the audience sees, and the viewer's own; not those held back."""
    rows = _below(Question, viewer, "hall__entry__")
    if viewer is None:
        return rows
    return rows.filter(Q(state__in=VISIBLE) | Q(author=viewer, state__in=OWN))


def desk_questions(
    viewer: Person, hall: TownHall, *, withdrawn: bool = False
) -> QuerySet[Question]:
    """All questions of `hall`, for those who moderate it; nothing for others.

    Withdrawn ones, whose words are erased, only when they are asked for.
    """
    if not may(viewer, "moderate", hall):
        return QuerySet(Question).none()
    states = (*OWN, Question.State.WITHDRAWN) if withdrawn else OWN
    return QuerySet(Question).filter(hall=hall, state__in=states)


def votes_of(viewer: Person) -> QuerySet[Vote]:
    """The viewer's own votes, in halls they may see."""
    return _below(Vote, viewer, "question__hall__entry__").filter(person=viewer)


def changes_to(viewer: Person | None) -> QuerySet[Change]:
    """What was promised and done about visible questions."""
    return _below(Change, viewer, "question__hall__entry__").filter(question__state__in=VISIBLE)


def words_of(halls: Iterable[int]) -> QuerySet[Text]:
    """Title and words of halls the caller may see, or draws for those who may."""
    return QuerySet(Text).filter(pk__in=list(halls))


def is_hall(entry: int) -> bool:
    """Whether there is a town hall with the number of `entry`, to be seen or not."""
    return QuerySet(TownHall).filter(pk=entry).exists()


def numbers_in(space: int) -> QuerySet[TownHall, int]:
    """The numbers of all town halls of a space, for what ends access to them."""
    return QuerySet(TownHall).filter(space_id=space).values_list("pk", flat=True)


def halls_for_screens(halls: Iterable[int]) -> QuerySet[TownHall]:
    """Halls by number for what is drawn for no reader in particular, if they still stand."""
    rows: QuerySet[TownHall] = QuerySet(TownHall).filter(
        pk__in=list(halls), entry__state=Entry.State.PUBLISHED
    )
    return rows.select_related("entry__author", "space__owner", "answering__author")


def questions_in(hall: TownHall) -> QuerySet[Question]:
    """The questions that the whole audience of a hall sees; for a caller who may see it."""
    rows: QuerySet[Question] = QuerySet(Question).filter(hall=hall, state__in=VISIBLE)
    return rows.select_related("author")


def declined_in(hall: TownHall) -> QuerySet[Question]:
    """The declined questions of a hall the caller may see; only reasons and number are public."""
    return QuerySet(Question).filter(hall=hall, state=Question.State.DECLINED)


def polls_in(hall: TownHall) -> QuerySet[Poll]:
    """The polls that the whole audience of a hall sees; for a caller who may see it."""
    return QuerySet(Poll).filter(hall=hall).exclude(state=Poll.State.PREPARED)


def own_votes_in(viewer: Person, halls: Sequence[int]) -> QuerySet[Vote, tuple[int]]:
    """The questions the viewer backs in halls they may see; this and the next read only pk."""
    rows: QuerySet[Vote] = QuerySet(Vote).filter(person_id=viewer.pk, question__hall_id__in=halls)
    return rows.values_list("question_id")


def own_ballots_in(viewer: Person, halls: Sequence[int]) -> QuerySet[Ballot, tuple[int, int]]:
    """What the viewer chose in the polls of halls they may see."""
    rows: QuerySet[Ballot] = QuerySet(Ballot).filter(person_id=viewer.pk, poll__hall_id__in=halls)
    return rows.values_list("poll_id", "option_id")


def own_questions_in(viewer: Person, halls: Sequence[int]) -> QuerySet[Question]:
    """The viewer's questions in halls they may see that do not stand in everybody's list."""
    hidden = [state for state in OWN if state not in VISIBLE]
    rows: QuerySet[Question] = QuerySet(Question).filter(author_id=viewer.pk, hall_id__in=halls)
    return rows.filter(state__in=hidden).order_by("pk")


def own_reminders_in(viewer: Person, halls: Sequence[int]) -> QuerySet[Reminder, tuple[int]]:
    """Of which of these halls, which they may see, the viewer wants to be reminded."""
    return QuerySet(Reminder).filter(person_id=viewer.pk, hall_id__in=halls).values_list("hall_id")


def own_roles_in(
    viewer: Person, halls: Sequence[int]
) -> QuerySet[TownHall, tuple[str | None, bool]]:
    """What the viewer does in halls they may see besides taking part, and who manages the space.

    A row for each role, or one with None; with each, whether the viewer is a manager there.
    """
    managing = spaces.managing(viewer).filter(space_id=OuterRef("space_id"))
    rows: QuerySet[TownHall] = QuerySet(TownHall).filter(pk__in=halls)
    part = FilteredRelation("parts", condition=Q(parts__person_id=viewer.pk))
    return rows.annotate(own=part, manages=Exists(managing)).values_list("own__role", "manages")


def hosting_besides(hall: TownHall) -> QuerySet[Membership, int]:
    """The ids of those who act as hosts of a hall without a part in it: managers of its space."""
    return spaces.managers_of(hall.space).values_list("person_id", flat=True)


def parts_in(halls: Iterable[int]) -> QuerySet[Part]:
    """Who does what in halls the caller may see, or draws for those who may."""
    return QuerySet(Part).filter(hall__in=list(halls)).select_related("person")


def presences_in(halls: Iterable[int]) -> QuerySet[Presence]:
    """How many each hub holds in halls the caller may see, or draws for those who may."""
    alive = timezone.now() - STALE
    return QuerySet(Presence).filter(hall__in=list(halls), at__gte=alive)


def polls_to(viewer: Person | None) -> QuerySet[Poll]:
    """Polls everybody of the audience sees: open and closed ones."""
    return _below(Poll, viewer, "hall__entry__").exclude(state=Poll.State.PREPARED)


def desk_polls(hall: TownHall) -> QuerySet[Poll]:
    """All polls of a hall the caller moderates, the prepared ones too."""
    return QuerySet(Poll).filter(hall=hall)


def options_of(polls: QuerySet[Poll] | list[Poll]) -> QuerySet[Option]:
    """The options of polls the caller may see."""
    return QuerySet(Option).filter(poll__in=polls)


def cheers_of(hall: TownHall) -> QuerySet[Cheer]:
    """The counters of a hall the caller may see."""
    return QuerySet(Cheer).filter(hall=hall)


def spent_in(hall: TownHall) -> QuerySet[Spent]:
    """The spent tokens of a hall the caller may see: public by design."""
    return QuerySet(Spent).filter(hall=hall)


def nameless_in(hall: TownHall) -> QuerySet[Question]:
    """The questions without a name of a hall the caller may see, in every state."""
    return QuerySet(Question).filter(hall=hall, author__isnull=True)


def key_of(hall: TownHall) -> SigningKey:
    """The key of a hall the caller may see, if it takes questions without a name."""
    return QuerySet(SigningKey).get(hall=hall)


def issued_in(hall: TownHall) -> QuerySet[Issued]:
    """Who has had tokens; of a hall the caller may see, to be counted only."""
    return QuerySet(Issued).filter(hall=hall)


def readers_of(hall: TownHall) -> QuerySet[Person]:
    """The audience: the active people who may see the hall."""
    return entries.readers_of(hall.entry)


def moderated_by(viewer: Person | None) -> QuerySet[TownHall]:
    """The town halls `viewer` may moderate: what `may(viewer, "moderate", …)` says, for many."""
    if viewer is None:
        return QuerySet(TownHall).none()
    part: QuerySet[Part] = QuerySet(Part).filter(hall=OuterRef("pk"), person=viewer, role__in=DESK)
    rule = Exists(part) | Q(entry__author=viewer) | Q(space__in=spaces.managed_by(viewer))
    return visible_to(viewer).filter(rule)


def may(viewer: Person, verb: str, hall: TownHall) -> bool:
    """Whether `viewer` may do `verb` in `hall`, as both are stored now.

    Verbs: see, ask, back, cheer, answer_poll (everybody of the audience); stage (the speakers'
    view: host, speakers, moderators); moderate (host, moderators); host (change it, open the
    doors, end it, polls: host); follow_up (host and moderators, and whoever owns a question does
    so through that). Who published the entry acts as a host, and so do the managers of its
    space, who may announce: nothing stays on air because its hosts are gone. Raises ValueError
    for another verb.
    """
    if verb not in _RULES:
        raise ValueError(f"no such verb: {verb}")
    found = visible_to(viewer).filter(pk=hall.pk).select_related("entry", "space").first()
    if found is None:
        return False
    roles = _RULES[verb]
    if roles is None or found.entry.author_id == viewer.pk:
        return True
    if QuerySet(Part).filter(hall=found, person=viewer, role__in=roles).exists():
        return True
    return may_announce(viewer, found.space)


_RULES: dict[str, tuple[Part.Role, ...] | None] = {
    "see": None,
    "ask": None,
    "back": None,
    "cheer": None,
    "answer_poll": None,
    "stage": STAGE,
    "moderate": DESK,
    "follow_up": DESK,
    "host": (Part.Role.HOST,),
}


def may_announce(viewer: Person, space: Space) -> bool:
    """Whether `viewer` may announce a town hall in `space`: its managers, for whoever hosts it."""
    return not space.is_wall and spaces.may(viewer, "manage", space)


def spaces_to_announce_in(viewer: Person) -> QuerySet[Space]:
    """The spaces in which `viewer` may announce a town hall, in the order of the menu."""
    return spaces.managed_by(viewer)


def _below(model: type[M], viewer: Person | None, entry: str) -> QuerySet[M]:
    if viewer is None or not viewer.is_active:
        return QuerySet(model).none()
    return QuerySet(model).filter(entries.visible(viewer, entry))
