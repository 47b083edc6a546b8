"""What is reported where an administrator may not read: seen after a look that is in the log."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hallway.audit.models import Deed, Row
from hallway.core.guarding import as_system
from hallway.entries import office
from hallway.entries.actions import NotAllowed, decide, look, report
from hallway.entries.models import Decision, Entry
from hallway.notifications.reader import follower
from hallway.people.models import Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/reports/"


def page(world: World, who: Person, address: str = PAGE) -> str:
    return world.browser(who).get(address).content.decode()


def test_an_administrator_sees_no_words_before_the_look_is_written_down(world: World) -> None:
    hidden = world.post(world.secret, "Hush money", title="Between us", by=world.ben)
    report(hidden, "This is a crime", by=world.ada)
    rita = world.browser(world.rita)
    own = f"{PAGE}{hidden.pk}"
    for address in (PAGE, "/notifications/decide"):
        listed = page(world, world.rita, address)
        assert f"{own}/look" in listed
        for words in ("Hush", "Between us", "crime", "Secret room", "Ben Okafor", "Ada Lund"):
            assert words not in listed
    assert rita.get(own).status_code == 404
    assert rita.get(f"{own}/look").status_code == 405
    assert rita.post(own, {"outcome": "kept"}).status_code == 404
    with pytest.raises(NotAllowed):
        decide(hidden, "kept", by=world.rita)
    assert not Row.objects.exists()

    assert rita.post(f"{own}/look").headers["Location"] == own
    seen = page(world, world.rita, own)
    for words in ("Hush money", "Between us", "This is a crime", "Ada Lund"):
        assert words in seen
    assert rita.get(f"/e/{hidden.pk}").status_code == 404
    row = Row.objects.get()
    assert (row.deed, row.by_id, row.space_id, row.after) == (
        *(Deed.REPORT_SEEN, world.rita.pk, world.secret.pk),
        f"e/{hidden.pk}",
    )
    log = page(world, world.rita, "/admin/audit/")
    assert "Looked at something reported" in log
    assert "Secret room" not in log


def test_a_decision_from_outside_is_told_inside_and_listed_without_words(world: World) -> None:
    follower().begin_now()
    hidden = world.post(world.secret, "Hush money", by=world.ben)
    report(hidden, "This is a crime", by=world.ada)
    look(hidden.pk, by=world.rita)
    rita, own = world.browser(world.rita), f"{PAGE}{hidden.pk}"
    assert rita.post(own, {"outcome": "removed", "reason": ""}).status_code == 422
    assert rita.post(own, {"outcome": "removed", "reason": "Not here"}).status_code == 302
    with as_system("the test looks at the record"):
        assert Entry.objects.get(pk=hidden.pk).state == "deleted"
        assert Decision.objects.get().by_id == world.rita.pk
    follower().catch_up()
    assert "Rita Sommer</b> removed your post" in page(world, world.ben, "/notifications/")
    assert "What you reported was removed" in page(world, world.ada, "/notifications/")
    assert "Not here" in page(world, world.ben, "/e/reported/secret-room")
    Person.objects.filter(pk=world.cleo.pk).update(is_administrator=True)
    world.cleo.refresh_from_db()
    for who, knows in ((world.rita, True), (world.cleo, False)):
        listed = page(world, who)
        assert ("Not here" in listed) is knows
        for words in ("Hush", "Secret room", "Ben Okafor"):
            assert words not in listed
    deeds = set(Row.objects.values_list("deed", flat=True))
    assert deeds == {Deed.REPORT_SEEN, Deed.REPORT_DECIDED}
    assert rita.get(own).status_code == 404


def test_a_look_is_for_one_report_for_an_hour_and_for_administrators(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = world.post(world.secret, "Hush", by=world.ada)
    other = world.post(world.secret, "Unreported", by=world.ada)
    report(hidden, "Rude", by=world.ben)
    for who, entry in ((world.rita, other), (world.cleo, hidden), (world.gus, hidden)):
        with pytest.raises(NotAllowed):
            look(entry.pk, by=who)
    # Ben can decide, so it waits for him and not for the administrators.
    assert "/look" not in page(world, world.rita, "/notifications/decide")
    look(hidden.pk, by=world.rita)
    assert office.looked_at(world.rita).filter(pk=hidden.pk).exists()
    Person.objects.filter(pk=world.rita.pk).update(is_administrator=False)
    assert not office.looked_at(world.rita).exists()
    Person.objects.filter(pk=world.rita.pk).update(is_administrator=True)
    later = timezone.now() + office.LOOK_LASTS + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not office.looked_at(world.rita).exists()
