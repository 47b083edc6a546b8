"""The rule is asked, then the world changes, then the deed is written: it is asked again inside."""

from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from hallway.entries import access, actions
from hallway.entries.models import Entry, Reaction, Revision, Text
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed, remove, set_role
from tests.world import World

pytestmark = pytest.mark.django_db

Between = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Between:
    """Let something happen after a view has asked the rule and before it calls the action."""

    def prepare(name: str, happening: Callable[[], object]) -> None:
        real = getattr(actions, name)

        def late(*given: object, **named: object) -> object:
            monkeypatch.setattr(actions, name, real)
            happening()
            return real(*given, **named)

        monkeypatch.setattr(actions, name, late)

    return prepare


def words(entry: Entry) -> str:
    """The words as they are stored, whoever may see them."""
    return QuerySet(Text).get(pk=entry.pk).source


def state(entry: Entry) -> str:
    """Whether it is published or deleted."""
    return str(QuerySet(Entry).get(pk=entry.pk).state)


def test_who_was_removed_edits_no_more(world: World, between: Between) -> None:
    entry = world.post(world.secret, "before", by=world.ada)
    between("edit", lambda: remove(world.secret, world.ada, by=world.ben))
    answer = world.browser(world.ada).post(f"/e/{entry.pk}/edit", {"text": "after"})
    assert answer.status_code == 404
    assert words(entry) == "before"
    assert not QuerySet(Revision).filter(entry=entry).exists()


def test_what_was_deleted_is_not_edited(world: World, between: Between) -> None:
    entry = world.post(world.secret, "before", by=world.ada)
    between("edit", lambda: actions.delete(entry, by=world.ben))
    answer = world.browser(world.ada).post(f"/e/{entry.pk}/edit", {"text": "after"})
    assert answer.status_code == 404
    assert words(entry) == "before"


def test_who_was_removed_reacts_no_more(world: World, between: Between) -> None:
    entry = world.post(world.secret, "before", by=world.ben)
    between("react", lambda: remove(world.secret, world.ada, by=world.ben))
    answer = world.browser(world.ada).post(f"/e/{entry.pk}/react", {"kind": "like"})
    assert answer.status_code == 404
    assert not QuerySet(Reaction).filter(entry=entry).exists()


def test_to_what_was_deleted_nobody_reacts(world: World, between: Between) -> None:
    entry = world.post(world.secret, "before", by=world.ben)
    between("react", lambda: actions.delete(entry, by=world.ben))
    answer = world.browser(world.ada).post(f"/e/{entry.pk}/react", {"kind": "like"})
    assert answer.status_code == 404
    assert not QuerySet(Reaction).filter(entry=entry).exists()


def test_who_manages_no_longer_deletes_nothing_of_others(world: World, between: Between) -> None:
    entry = world.post(world.secret, "stays", by=world.ben)
    set_role(world.secret, world.ada, "manager", by=world.ben)
    between("delete", lambda: set_role(world.secret, world.ada, "member", by=world.ben))
    answer = world.browser(world.ada).post(f"/e/{entry.pk}/delete")
    assert answer.status_code == 404
    assert state(entry) == "published"


def test_undo_does_not_revive_what_a_manager_deleted(world: World, between: Between) -> None:
    entry = world.post(world.secret, "bad words", by=world.ada)
    actions.delete(entry, by=world.ada)

    def overtake() -> None:
        actions.restore(entry, by=world.ada)
        actions.delete(entry, by=world.ben)

    between("restore", overtake)
    answer = world.browser(world.ada).post(f"/e/{entry.pk}/restore")
    assert answer.status_code == 404
    assert state(entry) == "deleted"
    with pytest.raises(NotAllowed):
        actions.restore(entry, by=world.ada)


def test_who_manages_no_longer_restores_nothing_of_others(world: World) -> None:
    set_role(world.secret, world.ada, "manager", by=world.ben)
    entry = world.post(world.secret, "gone", by=world.ben)
    own = world.post(world.secret, "mine", by=world.ada)
    for each in (entry, own):
        actions.delete(each, by=world.ada)
    set_role(world.secret, world.ada, "member", by=world.ben)
    browser = world.browser(world.ada)
    assert browser.post(f"/e/{entry.pk}/restore").status_code == 404
    assert state(entry) == "deleted"
    assert browser.post(f"/e/{own.pk}/restore").status_code == 302
    assert state(own) == "published"
    set_role(world.secret, world.ada, "manager", by=world.ben)
    assert browser.post(f"/e/{entry.pk}/restore").status_code == 302
    assert state(entry) == "published"


def test_whoever_left_the_company_may_bring_back_nothing(world: World) -> None:
    entry = world.post(world.open, "mine", by=world.ada)
    actions.delete(entry, by=world.ada)
    assert access.may(world.ada, "restore", entry)
    gone = Person.objects.get(pk=world.ada.pk)
    gone.is_active = False
    assert not access.may(gone, "restore", entry)
    assert not access.may(world.ben, "restore", entry)
