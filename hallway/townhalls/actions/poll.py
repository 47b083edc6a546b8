"""Polls of a town hall: prepare, open, choose, close."""

from collections.abc import Sequence

from django.db.models import F

from hallway.core.guarding import as_system
from hallway.core.text import clean_line
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.townhalls.actions.counting import Changed, Choice, Floor, Outcome, changed
from hallway.townhalls.actions.holding import Closed, holding
from hallway.townhalls.actions.tally import tell_or_owe
from hallway.townhalls.models import Ballot, Option, Poll, TownHall

FEWEST, MOST = 2, 6
"""Answers to choose from."""


def prepare(hall: TownHall, text: str, options: Sequence[str], *, by: Person) -> Poll:
    """Prepare a poll that only those who host see until it is opened.

    Raises NotAllowed, and ValueError for no question, or other than 2 to 6 different answers.
    """
    text = clean_line(text)[:200]
    names = list(dict.fromkeys(filter(None, (clean_line(each)[:120] for each in options))))
    if not text or not FEWEST <= len(names) <= MOST:
        raise ValueError("a poll has a question and two to six answers")
    with holding(hall, "moderate", by=by) as held:
        if held.is_ended:
            raise Closed("hall")
        poll = Poll.objects.create(hall=held, text=text)
        Option.objects.bulk_create(
            Option(poll=poll, place=place, text=name) for place, name in enumerate(names)
        )
        _told(held, poll, by)
    return poll


def set_state(poll: Poll, state: str, *, by: Person) -> bool:
    """Open a poll, or close it; returns whether it changed. Only while on air.

    Raises NotAllowed, and Closed when the hall is not on air.
    """
    with holding(poll.hall, "moderate", by=by) as hall:
        if not hall.is_on_air:
            raise Closed("hall")
        held = Poll.objects.get(pk=poll.pk, hall=hall)
        if held.state == state or state == Poll.State.PREPARED:
            return False
        Poll.objects.filter(pk=held.pk).update(state=state)
        _told(hall, held, by)
    return True


def choose(poll: Poll, option: Option, *, by: Person, silent: bool = False) -> None:
    """Choose one answer instead of the one chosen before; one ballot a person for certain.

    With `silent` the caller tells the new counts later. Raises NotAllowed, and Closed unless the
    poll is open.
    """
    choice = Choice(by.pk, poll.pk, option.pk, poll.hall_id)
    news: Changed = {}
    with writing(), as_system("the rule is asked inside"):
        (outcome,) = store([choice], Floor({poll.hall_id: [by.pk]}), news)
        if news and not silent:
            tell_or_owe(poll.hall_id, news[poll.hall_id])
    if outcome is Outcome.UNKNOWN:
        raise NotAllowed("answer_poll")
    if outcome is not Outcome.DONE:
        raise Closed("poll")


def store(choices: Sequence[Choice], floor: Floor, news: Changed) -> list[Outcome]:
    """Store choices in halls that are held; returns what became of each, in their order.

    Of several choices of one person in one poll the last counts. A poll that nobody has opened
    yet is unknown.
    """
    wanted_polls = {choice.poll for choice in choices if (choice.hall or 0) in floor}
    polls = Poll.objects.in_bulk(list(wanted_polls))
    options = dict(Option.objects.filter(poll__in=polls).values_list("pk", "poll_id"))
    outcomes = []
    wanted: dict[tuple[int, int], int] = {}
    for choice in choices:
        poll = polls.get(choice.poll)
        outcome = _judged(choice, poll, options, floor)
        if outcome is Outcome.DONE:
            wanted[choice.poll, choice.person] = choice.option
        outcomes.append(outcome)
    _forgive_repeats(choices, outcomes)
    for pk in _write(wanted):
        changed(news, polls[pk].hall_id).polls.add(pk)
    return outcomes


def _judged(choice: Choice, poll: Poll | None, options: dict[int, int], floor: Floor) -> Outcome:
    if poll is None or poll.hall_id != choice.hall or poll.state == Poll.State.PREPARED:
        return Outcome.UNKNOWN
    hall = floor.hall(choice.hall, choice.person)
    if hall is None or options.get(choice.option) != choice.poll:
        return Outcome.UNKNOWN
    return Outcome.DONE if hall.is_on_air and poll.state == Poll.State.OPEN else Outcome.CLOSED


def _forgive_repeats(choices: Sequence[Choice], outcomes: list[Outcome]) -> None:
    """What comes too late but was chosen already was done in time: its answer was lost."""
    late = [at for at, outcome in enumerate(outcomes) if outcome is Outcome.CLOSED]
    if not late:
        return
    near = Ballot.objects.filter(
        poll_id__in={choices[at].poll for at in late},
        person_id__in={choices[at].person for at in late},
    )
    held = set(near.values_list("poll_id", "person_id", "option_id"))
    for at in late:
        if (choices[at].poll, choices[at].person, choices[at].option) in held:
            outcomes[at] = Outcome.DONE


def _write(wanted: dict[tuple[int, int], int]) -> set[int]:
    """Make the ballots as wanted, by poll and person; returns the polls that changed.

    Exact, since the hall is held: nobody else changes its ballots meanwhile.
    """
    if not wanted:
        return set()
    near = Ballot.objects.filter(
        poll_id__in={poll for poll, _ in wanted}, person_id__in={person for _, person in wanted}
    )
    held = {(ballot.poll_id, ballot.person_id): ballot for ballot in near}
    gained: dict[int, int] = {}
    fresh, moved, polls = [], [], set()
    for (poll, person), option in wanted.items():
        ballot = held.get((poll, person))
        if ballot is None:
            fresh.append(Ballot(poll_id=poll, person_id=person, option_id=option))
        elif ballot.option_id != option:
            gained[ballot.option_id] = gained.get(ballot.option_id, 0) - 1
            ballot.option_id = option
            moved.append(ballot)
        else:
            continue
        gained[option] = gained.get(option, 0) + 1
        polls.add(poll)
    Ballot.objects.bulk_create(fresh)
    Ballot.objects.bulk_update(moved, ["option"])
    for option, count in gained.items():
        if count:
            Option.objects.filter(pk=option).update(votes=F("votes") + count)
    return polls


def _told(hall: TownHall, poll: Poll, by: Person) -> None:
    record(Verb.HALL_POLL, actor=by.pk, space=hall.space_id, entry=hall.pk, poll=poll.pk)
