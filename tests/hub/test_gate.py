"""The gate of an installation, its tickets and its journal, with real people and spaces."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from hallway.accounts.models import Session, session_hash
from hallway.accounts.sessions import SessionStore
from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.hub.admission import Admission
from hallway.hub.gate import DatabaseGate, visible_topics
from hallway.hub.source import JournalSource
from hallway.hub.tickets import check, mint
from hallway.hub.views import ticket, ticket_for
from hallway.journal import reader
from hallway.journal.position import Position
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.actions.join import add_person
from hallway.people.models import Person
from hallway.spaces.actions.create import create_space
from hallway.spaces.actions.leave import remove
from hallway.spaces.models import Membership, Space
from tests.hub.hall import Hall, Viewer, words
from tests.playing import in_thread, play


def sign_in(person: Person) -> str:
    """A session of `person`; returns its key."""
    store = SessionStore()
    store["_auth_user_id"] = str(person.pk)
    store.save()
    assert store.session_key
    Session.objects.filter(pk=store.session_key).update(person=person)
    return str(store.session_key)


def admitted(person: Person, key: str, *topics: str) -> Admission:
    gate = DatabaseGate()
    claims = check(mint(person.pk, session_hash(key), topics, Position(0, 0), "en"))
    return gate.admit([claims])[0]


def request(person: Any, key: str | None, path: str = "/live/ticket") -> HttpRequest:
    made = RequestFactory().get(path)
    made.user = person
    made.session = SessionStore(key)
    return made


def asked(person: Any, key: str | None, query: str) -> tuple[HttpResponse, dict[str, Any]]:
    response = ticket(request(person, key, f"/live/ticket?{query}"))
    assert response["Cache-Control"] == "private, no-store"
    return response, json.loads(response.content)


@pytest.fixture
def amara(db: None) -> Person:
    return add_person("amara@example.com", "Amara Osei")


@pytest.fixture
def guest(db: None) -> Person:
    return add_person("guest@example.org", "Gus Guest", kind=Person.Kind.GUEST)


def spaces_of(founder: Person) -> dict[str, Space]:
    return {
        openness: create_space(f"The {openness} one", by=founder, openness=openness)
        for openness in ("open", "closed", "secret")
    }


def test_topics_follow_the_rule_of_spaces(amara: Person, guest: Person) -> None:
    founder = add_person("ben@example.com", "Ben")
    spaces = spaces_of(founder)
    topics = [f"space:{space.pk}" for space in spaces.values()]
    topics += ["space:999999", f"person:{amara.pk}", f"person:{guest.pk}", "author:1"]
    assert visible_topics(founder, topics) == {*topics[:3], "author:1"}
    assert visible_topics(amara, topics) == {topics[0], f"person:{amara.pk}", "author:1"}
    assert visible_topics(guest, topics) == {f"person:{guest.pk}"}


def test_the_gate_knows_the_living_from_the_gone(amara: Person) -> None:
    key = sign_in(amara)
    topic = f"person:{amara.pk}"
    assert admitted(amara, key, topic) == Admission(frozenset({topic}), alive=True)
    assert not admitted(amara, "another key", topic).alive
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not admitted(amara, key, topic).alive
    key = sign_in(amara)
    Person.objects.filter(pk=amara.pk).update(is_active=False)
    assert admitted(amara, key, topic) == Admission(frozenset(), alive=False)


def test_a_session_of_somebody_else_opens_nothing(amara: Person, guest: Person) -> None:
    assert not admitted(amara, sign_in(guest), "author:1").alive


def test_a_page_gets_a_ticket_for_its_reader(amara: Person) -> None:
    key = sign_in(amara)
    topics = ["space:999999", f"person:{amara.pk}", "author:4"]
    claims = check(ticket_for(request(amara, key), topics, Position(7, 9)))
    assert (claims.person, claims.session) == (amara.pk, session_hash(key))
    assert claims.topics == set(topics[1:])
    assert claims.position == Position(7, 9)
    assert claims.incarnation == reader.incarnation()
    assert ticket_for(request(AnonymousUser(), key), ["space:3"], Position(7, 9)) == ""
    many = [f"author:{number}" for number in range(1, 2000)]
    kept = check(ticket_for(request(amara, key), many, Position(7, 9))).topics
    assert kept == set(many[:900])


def test_a_new_ticket_holds_only_what_may_still_be_seen(amara: Person) -> None:
    founder = add_person("ben@example.com", "Ben")
    spaces = spaces_of(founder)
    query = "&".join(f"t=space:{space.pk}" for space in spaces.values())
    response, body = asked(amara, sign_in(amara), f"{query}&t=nonsense&p=0.118")
    assert response.status_code == 200
    claims = check(body["ticket"])
    assert claims.topics == {f"space:{spaces['open'].pk}"}
    assert claims.position == Position(0, 118)


@pytest.mark.parametrize("query", ["t=space:1", "p=1", "p=x.y", "p=0.1&" + "t=space:1&" * 901])
def test_nonsense_is_answered_with_400(amara: Person, query: str) -> None:
    response, body = asked(amara, sign_in(amara), query)
    assert response.status_code == 400
    assert "ticket" not in body


@pytest.mark.django_db
def test_strangers_get_401() -> None:
    response = Client().get("/live/ticket?t=space:1&p=0.1")
    assert response.status_code == 401
    assert response["Cache-Control"] == "private, no-store"
    assert response.json() == {"error": "signed out"}


@pytest.fixture
def real_hall(transactional_db: None) -> Iterator[Hall]:
    """A hub that reads the real journal and asks the real gate."""
    hall = Hall(source=JournalSource(), gate=DatabaseGate())
    with hall.open():
        yield hall


def test_a_removal_in_the_database_reaches_the_screen(real_hall: Hall) -> None:
    founder = add_person("ben@example.com", "Ben")
    amara = add_person("amara@example.com", "Amara Osei")
    space = create_space("Claims", by=founder, openness="secret")
    key = sign_in(amara)
    topics = [f"space:{space.pk}", f"person:{amara.pk}"]
    with writing(), as_system("the story begins with a member"):
        Membership.objects.create(space=space, person=amara)
        record(Verb.MEMBER_JOINED, actor=founder.pk, space=space.pk, person=amara.pk)

    def say(text: str) -> None:
        with writing():
            record("entry.published", space=space.pk, words=text, target=text, action="append")

    def sign_out() -> None:
        with writing():
            Session.end_all(amara, by=None)

    def now() -> str:
        return mint(
            amara.pk,
            session_hash(key),
            topics,
            reader.position(),
            "en",
            reader.incarnation(),
        )

    async def story() -> None:
        async with real_hall.socket(key) as socket:
            viewer = Viewer(socket)
            await viewer.show(await in_thread(now))
            ready = await viewer.ready()
            assert set(ready["topics"]) == set(topics)
            await in_thread(say, "hello")
            assert words(await viewer.next()) == "hello"
            await in_thread(remove, space, amara, by=founder)
            await in_thread(say, "among ourselves")
            assert await viewer.next() == {"ended": f"space:{space.pk}"}
            await viewer.silence(0.5)
            await in_thread(sign_out)
            assert await viewer.closed() == 4003

    play(story())
