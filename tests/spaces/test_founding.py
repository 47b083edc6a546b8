"""Founding a space and changing it."""

import re
import uuid

import pytest

from hallway.spaces.access import may, visible_to
from hallway.spaces.actions import Overtaken, ask, change_space, create_space
from tests.spaces.deeds import asked, role, told
from tests.world import World

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Bike to work",
    "description": "Routes <b>and</b> repairs",
    "kind": "community",
    "openness": "open",
    "posting": "members",
    "hue_step": "5",
}


def form_of(name: str, **changes: str) -> dict[str, str]:
    return {**FORM, "name": name, **changes}


def test_cleo_founds_a_community_and_manages_it(world: World) -> None:
    browser = world.browser(world.cleo)
    page = browser.get("/spaces/new").content.decode()
    assert "Turquoise" in page
    assert "Subsidiary" not in page
    with told() as verbs:
        answer = browser.post("/spaces/new", FORM)
    assert verbs == ["space.created", "member.joined"]
    assert answer.url == "/spaces/bike-to-work"
    space = visible_to(world.cleo).get(slug="bike-to-work")
    assert (space.kind, space.openness, space.hue_step) == ("community", "open", 5)
    assert role(world.cleo, space) == "manager"
    html = browser.get(space.url).content.decode()
    assert "Routes &lt;b&gt;and&lt;/b&gt; repairs" in html


@pytest.mark.parametrize("kind", ["company", "subsidiary", "wall", "nonsense"])
def test_what_may_not_be_founded_is_refused_and_the_words_are_kept(world: World, kind: str) -> None:
    with told() as verbs:
        answer = world.browser(world.cleo).post("/spaces/new", form_of("New one", kind=kind))
    assert answer.status_code == 422
    assert 'value="New one"' in answer.content.decode()
    assert verbs == []


def test_an_administrator_founds_a_subsidiary(world: World) -> None:
    form = form_of("North", kind="subsidiary")
    assert world.browser(world.rita).post("/spaces/new", form).status_code == 302


def test_a_guest_founds_nothing(world: World) -> None:
    browser = world.browser(world.gus)
    unknown = browser.get("/spaces/no-such-space")
    assert browser.get("/spaces/new").content == unknown.content
    assert browser.post("/spaces/new", FORM).status_code == 404


def test_a_name_keeps_no_sign_that_cannot_be_seen(world: World) -> None:
    browser = world.browser(world.cleo)
    answer = browser.post("/spaces/new", form_of("\u200eOpen\u200f room\u061c"))
    assert "There is already a space of this name" in answer.content.decode()
    answer = browser.post("/spaces/new", form_of("\u200e\u200f"))
    assert "Give the space a name" in answer.content.decode()
    browser.post("/spaces/new", form_of("Bike\u200f to\u202e work"))
    space = visible_to(world.cleo).get(slug="bike-to-work")
    assert space.name == "Bike to work"
    change_space(space, by=world.cleo, name="\u200fBike to school")
    assert space.name == "Bike to school"
    assert create_space("\u200fRowing", by=world.cleo).name == "Rowing"


def test_one_name_once_but_secret_names_are_not_betrayed(world: World) -> None:
    browser = world.browser(world.cleo)
    answer = browser.post("/spaces/new", form_of("OPEN  röom"))
    assert "There is already a space of this name" in answer.content.decode()
    create_space("Merger", by=world.ben, openness="secret")
    answer = browser.post("/spaces/new", form_of("Merger"))
    assert answer.url == "/spaces/merger"


def test_the_address_of_a_secret_space_cannot_be_guessed(world: World) -> None:
    browser = world.browser(world.ben)
    urls = [
        browser.post("/spaces/new", form_of(name, openness="secret")).url
        for name in ("Merger", "Merger two", "x" * 100)
    ]
    assert re.fullmatch("/spaces/merger-[2-9a-z]{6}", urls[0])
    assert len({url[-6:] for url in urls}) == 3
    assert [browser.get(url).status_code for url in urls] == [200] * 3
    assert [world.browser(world.cleo).get(url).status_code for url in urls] == [404] * 3


def test_who_hides_a_space_hears_that_its_name_was_known(world: World) -> None:
    for was in ("open", "closed"):
        form = form_of(f"{was.capitalize()} room", openness="secret", kind="team")
        html = world.browser(world.ben).post(f"/spaces/{was}-room/edit", form).content.decode()
        assert "Its name was known until now, and its address stays." in html


def test_the_same_form_sent_twice_founds_once_and_leads_to_the_same_space(world: World) -> None:
    browser = world.browser(world.cleo)
    page = browser.get("/spaces/new").content.decode()
    key = page.partition('name="key" value="')[2].partition('"')[0]
    again = browser.post("/spaces/new", {**FORM, "name": "", "key": key}).content.decode()
    assert f'name="key" value="{key}"' in again
    with told() as verbs:
        answers = [browser.post("/spaces/new", {**FORM, "key": key}).url for _ in range(2)]
    assert answers == ["/spaces/bike-to-work"] * 2
    assert verbs == ["space.created", "member.joined"]


def test_the_number_of_somebody_elses_form_leads_nowhere(world: World) -> None:
    form = {**form_of("Hidden crew", openness="secret"), "key": str(uuid.uuid4())}
    first, second = (
        world.browser(person).post("/spaces/new", form).url for person in (world.ben, world.cleo)
    )
    assert first != second
    assert world.browser(world.cleo).get(first).status_code == 404
    assert world.browser(world.cleo).get(second).status_code == 200


@pytest.mark.parametrize("key", ["", "nonsense", "x" * 999])
def test_without_a_proper_number_a_space_is_founded_all_the_same(world: World, key: str) -> None:
    answer = world.browser(world.cleo).post("/spaces/new", {**FORM, "key": key})
    assert answer.url == "/spaces/bike-to-work"


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_space_needs_a_name(world: World, name: str) -> None:
    answer = world.browser(world.cleo).post("/spaces/new", form_of(name))
    assert answer.status_code == 422
    assert "Give the space a name." in answer.content.decode()


@pytest.mark.parametrize("name", ["New", "Complete", "日本", "!!!"])
def test_any_name_gets_an_address_of_its_own(world: World, name: str) -> None:
    answer = world.browser(world.cleo).post("/spaces/new", form_of(name))
    assert world.browser(world.cleo).get(answer.url).status_code == 200
    assert name in world.browser(world.cleo).get(answer.url).content.decode()


def test_closing_is_confirmed_with_the_numbers_of_readers(world: World) -> None:
    browser = world.browser(world.ben)
    form = form_of("Open room", openness="closed", kind="team")
    with told() as verbs:
        answer = browser.post("/spaces/open-room/edit", form)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "2 people instead of 4" in html  # Ada and Ben; before Cleo and Rita as well
    assert verbs == []
    assert may(world.cleo, "read", world.open)
    with told() as verbs:
        answer = browser.post("/spaces/open-room/edit", {**form, "confirmed": "open-closed"})
    assert (answer.status_code, verbs) == (302, ["space.changed"])
    assert not may(world.cleo, "read", world.open)


def test_a_confirmation_is_for_one_change_only(world: World) -> None:
    form = form_of("Closed room", openness="open", confirmed="open-closed")
    assert world.browser(world.ben).post("/spaces/closed-room/edit", form).status_code == 422
    assert not may(world.cleo, "read", world.closed)


def test_what_was_overtaken_is_not_done(world: World) -> None:
    seen = visible_to(world.ben).get(pk=world.closed.pk)
    change_space(world.closed, by=world.ben, openness="secret")
    with told() as verbs, pytest.raises(Overtaken):
        change_space(seen, by=world.ben, openness="open")
    assert verbs == []
    assert not visible_to(world.cleo).filter(pk=world.closed.pk).exists()


def test_opening_and_hiding_end_open_requests(world: World) -> None:
    for openness in ("open", "secret"):
        space = create_space(f"Was closed, now {openness}", by=world.ben, openness="closed")
        ask(space, by=world.cleo)
        change_space(space, by=world.ben, openness=openness)
        assert not asked(world.cleo, space)


def test_saving_without_a_change_tells_nothing(world: World) -> None:
    with told() as verbs:
        assert not change_space(world.open, by=world.ben, name="Open room", openness="open")
    assert verbs == []


def test_a_new_name_is_found_and_drawn_anew(world: World) -> None:
    version = world.open.card_version
    change_space(world.open, by=world.ben, name="Föyer")
    assert world.open.card_version == version + 1
    assert "Föyer" in world.browser(world.cleo).get("/spaces/?q=foyer").content.decode()


def test_the_company_stays_open_and_the_company(world: World) -> None:
    browser = world.browser(world.rita)
    page = browser.get("/spaces/all-of-company/edit").content.decode()
    assert 'name="openness"' not in page
    form = form_of("Everybody", openness="secret", kind="team", confirmed="open-secret")
    assert browser.post("/spaces/all-of-company/edit", form).status_code == 302
    hall = visible_to(world.cleo).get(pk=world.hall.pk)
    assert (hall.name, hall.kind, hall.openness) == ("Everybody", "company", "open")
