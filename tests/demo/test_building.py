"""The company is built on the database at hand, with a past that lies in the past."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hallway.cli.migrate import migrate
from hallway.core.guarding import as_system
from hallway.demo.building import build
from hallway.demo.founding import PASSWORD
from hallway.entries import access as entries
from hallway.entries.models import Entry, EntryTag, Reaction
from hallway.journal.models import Record, SetAside
from hallway.notifications.models import Notification
from hallway.people.models import Follow, OrgUnit, Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space
from hallway.stream.menu import my_menu
from hallway.stream.models import Seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def company(transactional_db: None) -> Iterator[None]:
    """A small company: the leading people and a few others, a dozen conversations, one picture."""
    migrate()
    # Committed for good, not in the transaction of a test: on PostgreSQL the journal is read up
    # to what nobody can still undo.
    build(people=60, conversations=24)
    with as_system("the test looks at everything"):
        yield


def test_a_small_company_has_a_past(company: None) -> None:
    now = timezone.now()
    assert Person.objects.count() == 60 + 1, "and a newcomer"
    newcomer = Person.objects.get(last_login=None)
    assert len(newcomer.steps_left) == 3
    assert not [person for person in Person.objects.exclude(pk=newcomer.pk) if person.steps_left]
    assert OrgUnit.objects.filter(kind="subsidiary").count() == 2
    assert set(Space.objects.values_list("openness", flat=True)) == {"open", "closed", "secret"}
    assert set(Space.objects.values_list("kind", flat=True)) >= {
        "company",
        "subsidiary",
        "department",
        "team",
        "project",
        "community",
        "wall",
    }

    stream = list(Entry.objects.filter(kind="post").order_by("listed"))
    assert [e.published_at for e in stream] == sorted(e.published_at for e in stream)
    assert now - timedelta(weeks=6, days=1) < stream[0].published_at < now - timedelta(days=7)
    assert now - timedelta(hours=1) < stream[-1].published_at < now
    for entry in Entry.objects.filter(parent__isnull=False).select_related("parent"):
        assert entry.parent is not None
        assert entry.parent.published_at < entry.published_at < now
    for tag in EntryTag.objects.select_related("entry"):
        assert tag.listed == tag.entry.listed
    # The journal tells it in the order in which it happened.
    moments = list(Record.objects.exclude(verb="space.seen").order_by("seq").values_list("at"))
    assert moments == sorted(moments)
    assert not SetAside.objects.exists()

    assert Reaction.objects.exists()
    assert Notification.objects.filter(read_at__isnull=True).exists()
    employees = Person.objects.filter(kind="employee").exclude(pk=newcomer.pk)
    for person in employees:
        assert 5 <= Follow.objects.filter(follower=person).count() <= 25, person
    assert employees.exclude(photo="").exists() and employees.filter(photo="").exists()

    outsider = Person.objects.get(handle="finn-petersen")
    secret = Space.objects.get(openness="secret")
    assert not spaces.visible_to(outsider).filter(pk=secret.pk).exists()
    assert not entries.visible_to(outsider).filter(space=secret).exists()


def test_people_have_read_differently_far(company: None) -> None:
    for handle in ("mia-keller", "amara-osei", "tomasz-wojcik"):
        person = Person.objects.get(handle=handle)
        places = set(Seen.objects.filter(person=person).values_list("upto", flat=True))
        assert len(places) >= 4, f"{handle} has read up to {places}"
        unread = {space.unread for space in my_menu(person)}
        assert 0 in unread
        assert len(unread) >= 2, f"{handle} sees {unread}"


def test_all_three_sign_in_and_see_a_full_home(company: None) -> None:
    for handle in ("mia.keller", "amara.osei", "tomasz.wojcik"):
        client = Client()
        answer = client.post(
            "/accounts/login/", {"login": f"{handle}@nordlicht.example", "password": PASSWORD}
        )
        assert answer.status_code == 302, handle
        home = client.get("/").content.decode()
        assert home.count('<article id="entry-') >= 5
    stranger = Person.objects.filter(password__startswith="!").first()
    assert stranger is not None, "nobody else can sign in"
