"""Posts that wait for their time: their author's alone, published once, by the rule of then."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hallway.accounts.actions import deactivate, reactivate
from hallway.core.guarding import as_system
from hallway.core.storage import open_stored
from hallway.entries.actions import Draft
from hallway.entries.actions.send_ahead import give_up_old
from hallway.entries.models import Attachment, Entry, Upload
from hallway.notifications.queries import shown_to
from hallway.notifications.reader import follower
from hallway.people.models import Person
from hallway.scheduled.access import pictures_of, scheduled_of
from hallway.scheduled.actions import publish_due, schedule
from hallway.scheduled.models import Scheduled
from hallway.spaces.actions import change_space, remove
from hallway.worker.sweeping import sweep
from tests.journeys.pictures import picture, sent_ahead
from tests.spaces.test_races import race
from tests.world import World

pytestmark = pytest.mark.django_db

SOON = timedelta(days=9)
KEY = "6f1d3c52-7f5e-4f0a-9a44-0123456789ab"


def texts(world: World) -> list[str]:
    with as_system("a test counts what was published"):
        return list(Entry.objects.filter(author=world.ada).values_list("text__source", flat=True))


def form(days: int, **more: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=days)
    return {"text": "Soup at noon", "space": "0", "on": f"{day}", "at": "14:30", **more}


def test_by_form_then_by_the_worker_once(world: World) -> None:
    ada = world.browser(world.ada)
    ahead = sent_ahead(world.ada)
    sent = form(9, space=world.open.pk, upload=[ahead.pk], alt=["Soup"], key=KEY)
    for _ in range(2):
        assert ada.post("/scheduled", sent)["Location"] == "/scheduled"
    [row] = scheduled_of(world.ada)
    assert row.space_id == world.open.pk
    assert "Soup at noon" in ada.get("/scheduled").content.decode()
    with as_system("a test lets a week pass"):
        Upload.objects.update(at=timezone.now() - SOON)
    give_up_old()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hallway.worker.sweeping.GRACE", -timedelta(hours=1))
        list(sweep())
    [image] = pictures_of(world.ada)
    assert ada.get(image.url).status_code == 200
    assert publish_due() == 0
    assert texts(world) == []
    assert [publish_due(row.due_at), publish_due(row.due_at)] == [1, 0]
    assert texts(world) == ["Soup at noon"]
    assert not scheduled_of(world.ada)
    with as_system("a test looks at a picture"):
        [shown] = Attachment.objects.all()
    assert shown.alt == "Soup"
    assert open_stored(shown.stored["640"]).read()
    assert "Soup at noon" in world.browser(world.ben).get("/spaces/open-room").content.decode()


def test_day_and_time_are_those_of_the_authors_zone(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(time_zone="America/New_York")
    world.browser(world.ada).post("/scheduled", form(9))
    [row] = scheduled_of(world.ada)
    there = row.due_at.astimezone(ZoneInfo("America/New_York"))
    assert (there.hour, there.minute) == (14, 30)
    assert "14:30" in world.browser(world.ada).get(row.url).content.decode()


def test_nobody_else_comes_near_it(world: World) -> None:
    image = SimpleUploadedFile("a.png", picture("teal").getvalue(), "image/png")
    world.browser(world.ada).post("/scheduled", form(9, images=[image], space=world.hall.pk))
    [row] = scheduled_of(world.ada)
    [image] = pictures_of(world.ada)
    for who in (world.ben, world.rita):
        other = world.browser(who)
        assert "Soup" not in other.get("/scheduled").content.decode()
        for address in (row.url, image.url):
            assert other.get(address).status_code == 404
        for deed in (row.url, f"{row.url}/publish", f"{row.url}/delete"):
            assert other.post(deed, form(3)).status_code == 404


def test_a_chosen_time_counts_whichever_button_sends_the_form(world: World) -> None:
    """Enter in a field presses the first button; what waited without a connection knows none."""
    ada = world.browser(world.ada)
    answer = ada.post("/posts", form(9), follow=True)
    assert answer.redirect_chain == [("/scheduled", 307), ("/scheduled", 302)]
    assert texts(world) == []
    assert ada.post("/posts", form(9, on=""), follow=True).status_code == 422
    assert len(scheduled_of(world.ada)) == 1


@pytest.mark.django_db(transaction=True)
def test_who_may_not_post_there_any_more_keeps_their_words(world: World) -> None:
    follower().begin_now()
    row = schedule(Draft("For us"), world.secret, timezone.now() + SOON, by=world.ada)
    remove(world.secret, world.ada, by=world.ben)
    change_space(world.secret, by=world.ben, name="Unheard of")
    assert [publish_due(row.due_at), publish_due(row.due_at)] == [0, 0]
    follower().catch_up()
    assert texts(world) == []
    kinds = list(shown_to(world.ada).values_list("kind", flat=True))
    assert kinds.count("unsent") == 1
    ada = world.browser(world.ada)
    assert "could not be published" in ada.get("/notifications/").content.decode()
    page = ada.get("/scheduled").content.decode()
    assert "For us" in page
    assert "you could not post there" in page
    # They know neither of the room any more nor what it is called now.
    assert "Unheard of" not in page + ada.get(row.url).content.decode()
    assert ada.post(f"{row.url}/publish")["Location"] == row.url
    assert ada.post(row.url, form(3, text="For all", space=world.hall.pk)).status_code == 302
    assert publish_due(timezone.now() + SOON) == 1
    assert texts(world) == ["For all"]


def test_of_the_deactivated_nothing_is_published(world: World) -> None:
    row = schedule(Draft("Bye"), world.hall, timezone.now() + SOON, by=world.ada)
    deactivate(world.ada, by=world.rita)
    assert publish_due(row.due_at) == 0
    assert texts(world) == []
    reactivate(world.ada, by=world.rita)
    assert publish_due(row.due_at) == 0
    [kept] = scheduled_of(Person.objects.get(pk=world.ada.pk))
    assert (kept.text, kept.refused_at) == ("Bye", row.due_at)


@pytest.mark.parametrize(
    "wrong",
    [{"on": "2001-01-01"}, {"on": "9999-12-31"}, {"on": "0001-01-01"}, {"on": ""}, {"at": "late"}],
)
def test_what_is_wrong_loses_nothing(world: World, wrong: dict[str, object]) -> None:
    row = schedule(Draft("Before"), world.open, timezone.now() + SOON, by=world.ada)
    for address in ("/scheduled", row.url):
        answer = world.browser(world.ada).post(address, form(3) | wrong)
        assert answer.status_code == 422
        assert "Soup at noon" in answer.content.decode()
    assert [each.text for each in scheduled_of(world.ada)] == ["Before"]


def test_elsewhere_is_no_place(world: World) -> None:
    row = schedule(Draft("Before"), world.open, timezone.now() + SOON, by=world.ada)
    remove(world.closed, world.ada, by=world.ben)
    for address in ("/scheduled", row.url):
        for space in (world.closed.pk, 987_654, ""):
            sent = form(3, space=space)
            assert world.browser(world.ada).post(address, sent).status_code == 404
    assert [each.text for each in scheduled_of(world.ada)] == ["Before"]


def test_publish_now_change_and_delete(world: World) -> None:
    ada = world.browser(world.ada)
    now, gone, other = (
        schedule(Draft(text), world.open, timezone.now() + SOON, by=world.ada)
        for text in ("Now", "Gone", "Other")
    )
    assert ada.post(f"{now.url}/publish").status_code == 302
    assert ada.post(f"{gone.url}/delete").status_code == 302
    assert ada.post(other.url, form(3, title="New", space=world.hall.pk)).status_code == 302
    assert texts(world) == ["Now"]
    [kept] = scheduled_of(world.ada)
    assert (kept.title, kept.text, kept.space_id) == ("New", "Soup at noon", world.hall.pk)


def test_a_worker_killed_halfway_has_published_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = schedule(Draft("Once"), world.open, timezone.now() + SOON, by=world.ada)

    def killed(_: Scheduled) -> None:
        assert texts(world) == ["Once"]
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(Scheduled, "delete", killed)
        with pytest.raises(SystemExit):
            publish_due(row.due_at)
    assert texts(world) == []
    assert publish_due(row.due_at) == 1
    assert texts(world) == ["Once"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_publish_it_once(world: World) -> None:
    row = schedule(Draft("Once"), world.open, timezone.now() + SOON, by=world.ada)
    assert race(*[lambda: publish_due(row.due_at)] * 2) == [1, 0]
    assert texts(world) == ["Once"]
