"""Reporting: who decides learns who and why, nobody else; a removal reaches the author."""

import pytest

from hallway.comments.actions import comment
from hallway.core.guarding import as_system
from hallway.entries.actions import Draft, NotAllowed, ReasonMissing, decide, report
from hallway.entries.models import Decision, Entry
from hallway.entries.reporting import decidable_by, deciders_of
from hallway.notifications.queries import page_of, unread_count
from hallway.notifications.reader import follower
from hallway.people.models import Person
from hallway.spaces.actions import set_role, wall_of
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def open_to(person: Person) -> set[int]:
    return set(decidable_by(person).values_list("pk", flat=True))


def waiting(world: World, person: Person) -> str:
    return world.browser(person).get("/notifications/decide").content.decode()


def kinds(person: Person) -> list[str]:
    return [row.kind for row in page_of(person).rows]


def test_who_looks_after_the_space_decides_and_nobody_learns_who_reported(world: World) -> None:
    follower().begin_now()
    post = world.post(world.open, "Bad words", by=world.ada)
    cleo, ben, ada = (world.browser(each) for each in (world.cleo, world.ben, world.ada))
    assert cleo.post(f"/e/{post.pk}/report", {"reason": " "}).status_code == 422
    assert cleo.post(f"/e/{post.pk}/report", {"reason": "Rude"}).status_code == 302
    assert cleo.post(f"/e/{post.pk}/report", {"reason": "Rude, twice"}).status_code == 302
    follower().catch_up()
    assert kinds(world.ben) == ["reported"]
    for other in (world.ada, world.cleo, world.gus):
        assert kinds(other) == []
    assert "/decide" in ben.get("/notifications/").content.decode()
    page = ben.get(f"/e/{post.pk}/decide").content.decode()
    assert "Rude" in page
    assert "twice" not in page
    assert "Cleo Marchetti" in page
    assert f'<article id="entry-{post.pk}"' in page
    for browser in (ada, cleo):
        assert browser.get(f"/e/{post.pk}/decide").status_code == 404
        assert browser.get("/e/reported/open-room").status_code == 404
        assert "Rude" not in browser.get("/e/reported").content.decode()
        assert "Rude" not in browser.get(f"/e/{post.pk}").content.decode()

    missing = ben.post(f"/e/{post.pk}/decide", {"outcome": "removed", "reason": ""})
    assert missing.status_code == 422
    form = {"outcome": "removed", "reason": "We are polite here"}
    assert ben.post(f"/e/{post.pk}/decide", form).status_code == 302
    follower().catch_up()
    assert ada.get(f"/e/{post.pk}").status_code == 404
    assert kinds(world.ada) == ["judged"]
    assert kinds(world.cleo) == ["settled"]
    heard = cleo.get("/notifications/").content.decode()
    assert "Was du gemeldet hast, wurde entfernt" in heard
    assert "Bad words" not in heard
    assert kinds(world.ben) == []
    assert unread_count(world.ben) == 0
    told = ada.get(f"/e/{post.pk}/decision").content.decode()
    for words in ("We are polite here", "Ben Okafor", "Bad words"):
        assert words in told
    assert "Cleo" not in told
    assert cleo.get(f"/e/{post.pk}/decision").status_code == 404
    log = ben.get("/e/reported/open-room").content.decode()
    assert "We are polite here" in log
    assert "Bad words" in log


def test_what_is_kept_stands_and_may_be_reported_again(world: World) -> None:
    follower().begin_now()
    post = world.post(world.open, "Words", by=world.ada)
    report(post, "Hm", by=world.cleo)
    assert f'href="/e/{post.pk}/decide"' in waiting(world, world.ben)
    assert f'href="/e/{post.pk}/decide"' not in waiting(world, world.ada)
    assert decide(post, "kept", "", by=world.ben)
    assert not decide(post, "removed", "Late", by=world.ben)
    assert open_to(world.ben) == set()
    follower().catch_up()
    told = {who: world.browser(who).get("/notifications/") for who in (world.ada, world.cleo)}
    assert "Your post was reported. It was looked at and stays" in told[world.ada].text
    assert "Was du gemeldet hast, wurde angesehen und bleibt" in told[world.cleo].text
    assert "Cleo" not in told[world.ada].text
    assert report(post, "Hm again", by=world.cleo)
    assert open_to(world.ben) == {post.pk}
    with as_system("the test looks at the record"):
        assert Decision.objects.values_list("outcome", "by_id").get() == ("kept", world.ben.pk)
        assert Entry.objects.get(pk=post.pk).state == "published"


def test_nobody_decides_about_themselves_or_without_the_office(world: World) -> None:
    own = world.post(world.open, "By the manager", by=world.ben)
    hidden = world.post(world.secret, "Hush", by=world.ada)
    wall = world.post(wall_of(world.cleo), "On a wall", by=world.cleo)
    said = comment(Draft("Under it"), wall, by=world.ada)
    for entry, by in ((own, world.ada), (hidden, world.ben), (wall, world.ada), (said, world.ben)):
        report(entry, "Hm", by=by)
    assert open_to(world.ben) == {hidden.pk}
    assert open_to(world.rita) == {own.pk, wall.pk, said.pk}  # an administrator, where she reads
    assert open_to(world.cleo) == {said.pk}
    assert open_to(world.ada) == open_to(world.gus) == set()
    assert [each.handle for each in deciders_of(own)] == ["rita"]
    set_role(world.open, world.ada, "manager", by=world.ben)
    assert [each.handle for each in deciders_of(own)] == ["ada"]
    with pytest.raises(NotAllowed):
        decide(own, "removed", "Mine", by=world.ben)
    with pytest.raises(NotAllowed):
        report(own, "Mine", by=world.ben)
    with pytest.raises(NotAllowed):
        report(hidden, "Unseen", by=world.cleo)
    with pytest.raises(ReasonMissing):
        decide(own, "removed", " ", by=world.ada)
    assert decide(own, "removed", "Enough", by=world.rita)
