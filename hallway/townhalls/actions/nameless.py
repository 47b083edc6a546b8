"""Questions without a name: sign blinded tokens for people, take tokens for questions.

The two halves never meet: `issue` knows the person and no token, the others know a token and no
person. See docs/anonymity.md.
"""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hmac import compare_digest

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.townhalls import blind
from hallway.townhalls.access import may
from hallway.townhalls.actions.ask import (
    change_words,
    demand_open,
    put,
    take_back,
    words_of,
)
from hallway.townhalls.actions.holding import Closed, holding, taken_up
from hallway.townhalls.models import Issued, Question, SigningKey, Spent, TownHall

SECRET_BYTES = 32
MOST_CHANGES = 20
"""Changes after which a question without a name keeps its words: nobody can be slowed down here."""

_turn = threading.Lock()


class TokensGiven(Exception):
    """This person has had their tokens, for another request than this."""


class Busy(Exception):
    """This process signs for somebody else at the moment; try again later."""


class Refused(Exception):
    """No such hall, no good token, not the secret: whoever asks is not told which."""


def issue(hall: TownHall, blinded: Sequence[bytes], *, by: Person) -> list[bytes]:
    """Sign the blinded tokens of `by`: exactly `hall.tokens`, once for each person.

    The identical request may be repeated, for an answer that was lost. No journal row and no time
    are written. Raises NotAllowed, Closed once it has ended (or without such questions),
    TokensGiven, Busy, and ValueError for another number of tokens or one that cannot be signed.
    """
    if len(blinded) != hall.tokens:
        raise ValueError("all tokens of a town hall are signed at once")
    if len(set(blinded)) != len(blinded):
        raise ValueError("every token is another one")
    digest = hashlib.sha256(b"".join(blinded)).hexdigest()
    with as_system("the rule is asked here"):
        if not may(by, "ask", hall):
            raise NotAllowed("ask")
        private = SigningKey.objects.filter(hall=hall).values_list("private", flat=True).first()
        _demand_same(hall, by, digest)
    if not private:
        raise Closed("hall")
    signatures = _signed(private, blinded)
    with holding(hall, "ask", by=by) as held:
        if held.is_ended:
            raise Closed("hall")
        _demand_same(held, by, digest)
        Issued.objects.get_or_create(hall=held, person=by, defaults={"digest": digest})
    return signatures


def redeem(hall: int, token: bytes, signature: bytes, secret: bytes, text: str) -> Question:
    """Ask `text` without a name for a token; `secret` is for changing and withdrawing it later.

    The same token with the same secret and words again is the same question. Raises Refused for
    all that is not a good token (or one spent on something else), then BadQuestion and Closed.
    """
    if not _is_good(hall, token, signature) or len(secret) != SECRET_BYTES:
        raise Refused
    text = words_of(text)
    with _held(hall) as held:
        spent = Spent.objects.filter(hall=held, token=token.hex()).select_related("question")
        known = spent.first()
        if known is not None:
            return _same(known.question, secret, text)
        if not held.takes_questions:
            raise Closed("asking")
        question = put(Question(hall=held, text=text, secret=_hash(secret)), held)
        Spent.objects.create(
            hall=held, token=token.hex(), signature=signature.hex(), question=question
        )
    return question


def edit(hall: int, question: int, secret: bytes, text: str) -> Question:
    """Change the words of one's question while nobody has taken it up.

    Raises Refused without its secret, then BadQuestion and Closed.
    """
    with _own(hall, question, secret) as (held, within):
        text = words_of(text)
        demand_open(held, within)
        if held.text != text:
            if held.version > MOST_CHANGES:
                raise Closed("question")
            change_words(held, within, text)
    return held


def withdraw(hall: int, question: int, secret: bytes) -> Question:
    """Take one's question back while nobody has taken it up; its token stays spent.

    Raises Refused without its secret, then Closed.
    """
    with _own(hall, question, secret) as (held, within):
        if held.state != Question.State.WITHDRAWN:
            demand_open(held, within)
            take_back(held, within)
    return held


def _demand_same(hall: TownHall, by: Person, digest: str) -> None:
    had = Issued.objects.filter(hall=hall, person=by).values_list("digest", flat=True).first()
    if had is not None and had != digest:
        raise TokensGiven


def _signed(private: str, blinded: Sequence[bytes]) -> list[bytes]:
    # One at a time: big numbers hold up all threads of a process, and pages come first.
    if not _turn.acquire(blocking=False):
        raise Busy
    try:
        return [blind.sign(private, message) for message in blinded]
    finally:
        _turn.release()


def _is_good(hall: int, token: bytes, signature: bytes) -> bool:
    with as_system("whoever has a token may ask; nobody knows who that is"):
        keys = SigningKey.objects.filter(hall=hall, hall__entry__state=Entry.State.PUBLISHED)
        public = keys.values_list("public", flat=True).first()
    # What does not exist takes as long as what does.
    return blind.is_good(public or _nobodys_key(), token, signature) and public is not None


@cache
def _nobodys_key() -> str:
    return blind.new_key().public


@contextmanager
def _held(hall: int) -> Iterator[TownHall]:
    """Like `holding.holding`, for nobody: the token or the secret stands for the right to ask."""
    with writing(), as_system("a token or a secret stands for the right to ask"):
        held = (
            TownHall.objects.select_for_update(no_key=True, of=("self",))
            .select_related("entry")
            .filter(pk=hall, entry__state=Entry.State.PUBLISHED)
            .first()
        )
        if held is None:
            raise Refused
        yield held


@contextmanager
def _own(hall: int, question: int, secret: bytes) -> Iterator[tuple[Question, TownHall]]:
    # Whoever guesses keeps nobody from writing: the hall is held only for who has the secret.
    with as_system("a secret stands for the right to change a question"):
        known = Question.objects.filter(pk=question, hall=hall).only("author", "secret").first()
    _demand_secret(known, secret)
    with _held(hall) as within:
        try:
            held = taken_up(within, question, None)
        except Question.DoesNotExist:
            raise Refused from None
        _demand_secret(held, secret)
        yield held, within


def _demand_secret(question: Question | None, secret: bytes) -> None:
    if question is None or not question.is_nameless:
        raise Refused
    if not compare_digest(question.secret, _hash(secret)):
        raise Refused


def _same(question: Question | None, secret: bytes, text: str) -> Question:
    if question is None or question.text != text:
        raise Refused
    if not compare_digest(question.secret, _hash(secret)):
        raise Refused
    return question


def _hash(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()
